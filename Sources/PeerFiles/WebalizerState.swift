import Hits

/// `webalizer.current` of Webalizer, or AWFFull's: what it needs to continue the newest month, with days and lists.
///
/// Source: files that webalizer 2.23-08 and AWFFull 3.10.2 wrote, and `save_state` of preserve.c. Sites (addresses), users,
/// search strings and user agents are not read in. The column `files` of addresses is memory that was never set, so it is
/// not used. Status codes stand without their codes, in an order that differs by version.
struct WebalizerState {
  private static let totals = [
    "hits", "files", "sites", "urls", "referrers", "agents", "bytes", "pages", "visits", "users",
  ]
  private static let day = ["hits", "files", "bytes", "sites", "pages", "visits"]
  private static let hour = ["hits", "files", "bytes", "pages"]

  private let texts: PeerTexts
  private var lines: PeerLines
  private let origin: PastOrigin
  private var builder: PartBuilder

  init(_ bytes: [UInt8], _ texts: PeerTexts) {
    lines = PeerLines(bytes)
    self.texts = texts
    origin = Self.isAWFFull(bytes[...]) ? .awffull : .webalizer
    builder = PartBuilder(origin)
  }

  /// Whether bytes look like such a file; those of other programs or versions begin otherwise.
  static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
    let line = PeerText.text(head.prefix { $0 != UInt8(ascii: "\n") })
    return line.hasPrefix("# ") && line.contains(" Incremental Data")
  }

  /// Whether such a file is AWFFull's.
  static func isAWFFull(_ head: ArraySlice<UInt8>) -> Bool { PeerText.has("# AWFFull", head) }

  mutating func read() throws(PeerFileError) -> PeerFile {
    let head = lines.nextText() ?? ""
    guard head.hasPrefix("# Webalizer V2.") || head.hasPrefix("# AWFFull V3.") else {
      throw PeerFileError(line: 1, "no webalizer.current of Webalizer 2 or AWFFull 3; their first line says so")
    }
    let date = try numbers(6, "the date")
    guard let month = PeerDate.month(Int(date[0]), Int(date[1])) else {
      throw PeerFileError(line: lines.number, "\(date[1]) of \(date[0]) is no month")
    }
    let totals = try numbers(Self.totals.count, "the totals")
    for (measure, number) in zip(Self.totals, totals) { builder.add(number, measure, .month, month.lowerBound) }
    // As the program writes them into its history.
    let unit: Int64 = origin == .awffull ? 1_000 : 1_024
    builder.add((totals[6] + unit / 2) / unit, "kbytes", .month, month.lowerBound)
    let span = try numbers(5, "days and hours")
    // AWFFull has one number more in front of the days.
    let days = span.suffix(2).map { Int32(clamping: $0) }
    guard days[0] >= 1, days[0] <= days[1], days[1] <= Int32(month.count) else {
      throw PeerFileError(line: lines.number, "\(days[0]) to \(days[1]) are no days of the month")
    }
    let covered = month.lowerBound + days[0] - 1...month.lowerBound + days[1] - 1
    try readDays(month)
    try readHours(month)
    try readTables(month)
    // One more than the month of the same hits in the history, because this has days and lists as well.
    return PeerFile(parts: [
      builder.part(month, covered: covered, state: totals[0] * 2 + 1, size: totals[0])
    ])
  }

  private mutating func readDays(_ month: ClosedRange<Int32>) throws(PeerFileError) {
    for index in 0..<31 {
      let numbers = try numbers(Self.day.count, "day \(index + 1)")
      // Zeros are a day without traffic, or without a log.
      guard index < month.count, numbers.contains(where: { $0 > 0 }) else { continue }
      for (measure, number) in zip(Self.day, numbers) {
        builder.add(number, measure, .day, month.lowerBound + Int32(index))
      }
    }
  }

  private mutating func readHours(_ month: ClosedRange<Int32>) throws(PeerFileError) {
    for hour in 0..<24 {
      for (measure, number) in zip(Self.hour, try numbers(Self.hour.count, "hour \(hour)")) {
        builder.add(number, measure, of: hour < 10 ? "0\(hour)" : "\(hour)", in: "hour", .month, month.lowerBound)
      }
    }
  }

  /// Reads the tables after the status codes. Names are lines of their own and may look like numbers, so lines are counted.
  private mutating func readTables(_ month: ClosedRange<Int32>) throws(PeerFileError) {
    var isEnded = false
    while let line = lines.nextText() {
      guard line.hasPrefix("# -") else { continue }
      let start = lines.number
      let isUrls = line.hasPrefix("# -urls-")
      let isReferrers = line.hasPrefix("# -referrers-")
      if isUrls || isReferrers {
        try readTable(isUrls ? "url" : "referrer", month, start)
      } else {
        try skipTable(String(line.dropFirst(3).prefix { $0 != "-" }), start)
      }
      isEnded = isEnded || line.hasPrefix("# -usernames-")
    }
    // AWFFull has two tables more.
    guard isEnded else {
      throw PeerFileError("the last table, usernames, is missing: the file is cut off; copy it again")
    }
  }

  private mutating func readTable(
    _ dimension: String, _ month: ClosedRange<Int32>, _ start: Int
  ) throws(PeerFileError) {
    while let name = lines.nextText() {
      if name.hasPrefix("# End Of Table") { return }
      let isPage = dimension == "url"
      let numbers = try numbers(isPage ? 6 : 2, "a row of \(dimension)s")
      let value = isPage ? texts.page(name) : name.hasPrefix("- (") ? "" : texts.referrer(name)
      builder.add(numbers[1], "hits", of: value, in: dimension, .month, month.lowerBound)
      guard isPage else { continue }
      // The third number is not set by the program.
      builder.add(numbers[3], "bytes", of: value, in: dimension, .month, month.lowerBound)
      builder.add(numbers[4], "entries", of: value, in: dimension, .month, month.lowerBound)
      builder.add(numbers[5], "exits", of: value, in: dimension, .month, month.lowerBound)
    }
    throw PeerFileError(line: start, "the table \(dimension)s has no end: the file is cut off; copy it again")
  }

  private mutating func skipTable(_ name: String, _ start: Int) throws(PeerFileError) {
    while let line = lines.nextText() {
      if line.hasPrefix("# End Of Table") { return }
    }
    throw PeerFileError(line: start, "the table \(name) has no end: the file is cut off; copy it again")
  }

  /// Returns the numbers of the next line, at least `count`. Those beyond 64 bits with a sign become 0.
  private mutating func numbers(_ count: Int, _ what: String) throws(PeerFileError) -> [Int64] {
    let line = lines.nextText() ?? ""
    let fields = line.split(separator: " ")
    guard fields.count >= count, fields.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else {
      throw PeerFileError(
        line: lines.number, "\(what) should be \(count) numbers or more: the file is cut off or of another version")
    }
    return fields.map { PeerText.number($0) ?? 0 }
  }
}

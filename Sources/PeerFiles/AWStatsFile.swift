import Hits

/// A data file of AWStats, `awstatsMMYYYY.CONFIG.txt`: one month, or with `-databasebreak=day` one day.
///
/// Sections are read in their order. The map at the start tells where each begins, but it lies as soon as somebody edits
/// the file, so only its names are used: a section to be read that it names and that is missing was cut off.
struct AWStatsFile {
  /// The versions whose columns are known, major and minor. AWStats 8 changed its sections; before 6, there were other
  /// columns (awstats.pl 7.8, lines 3745, 5445 and 5557).
  private static let versions = (first: [6, 5], end: [8])

  private let name: AWStatsName
  private let texts: PeerTexts
  private var lines: PeerLines
  private var isXML = false
  private var line: [UInt8] = []
  private var fields: [Range<Int>] = []

  private var period: ClosedRange<Int32>?
  private var builder = PartBuilder(.awstats, values: 512)
  private var mapped: Set<String> = []
  private var found: Set<String> = []
  private var time = [Int64](repeating: 0, count: AWStatsSection.time.count)
  private var days: [Int32] = []
  private var hosts: Int64 = 0
  private var state: Int64 = 0
  private var remarks: [String] = []

  init(_ bytes: [UInt8], name: String, _ texts: PeerTexts) {
    self.name = AWStatsName(name)
    self.texts = texts
    lines = PeerLines(Array(PeerText.withoutMark(bytes[...])))
  }

  /// Whether bytes look like a data file of AWStats.
  static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
    let head = PeerText.withoutMark(head)
    return PeerText.has("AWSTATS DATA FILE", head) || PeerText.has("<xml", head)
  }

  mutating func read() throws(PeerFileError) -> PeerFile {
    try readHead()
    guard let period else {
      throw PeerFileError(
        "neither the file nor its name tells its month; name it as AWStats does, awstatsMMYYYY.CONFIG.txt")
    }
    while nextLine() {
      guard let first = fields.first, isAt("BEGIN_", first) else { continue }
      try readSection(String(text(first).dropFirst(6)), period)
    }
    try check()
    for (measure, number) in zip(AWStatsSection.time, time) { addTotal(number, measure, period) }
    addTotal(hosts, "hosts", period)
    let covered = days.min().flatMap { first in days.max().map { first...$0 } } ?? period
    return PeerFile(
      parts: [
        builder.part(
          source: name.config, period, covered: covered, state: state,
          size: PeerText.sum(time[1], time[4]))
      ], remarks: remarks)
  }

  // MARK: Head

  /// Reads the first line, and the month or day in the comments before the first section.
  private mutating func readHead() throws(PeerFileError) {
    var isKnown = false
    var stamp: String?
    while let range = lines.nextLine() {
      let bytes = lines.bytes[range]
      if PeerText.has("<xml", bytes) { isXML = true }
      if PeerText.has("AWSTATS DATA FILE ", bytes) {
        try check(version: PeerText.text(bytes.dropFirst(18)))
        isKnown = true
      }
      if PeerText.has("# If you remove this file", bytes) {
        stamp = PeerText.text(bytes).split(separator: " ").first { $0.allSatisfy(\.isNumber) }.map(String.init)
      }
      split(range)
      if let first = fields.first, isAt("BEGIN_", first) {
        guard isKnown else { break }
        try setPeriod(stamp)
        if text(first) == "BEGIN_MAP" { return try readMap() }
        if let period { try readSection(String(text(first).dropFirst(6)), period) }
        return
      }
    }
    guard isKnown else {
      throw PeerFileError("no data file of AWStats: its first line must be AWSTATS DATA FILE and a version")
    }
    throw PeerFileError("the file has no sections: it is cut off; copy it again")
  }

  private func check(version: String) throws(PeerFileError) {
    let text = version.prefix { $0.isNumber || $0 == "." }
    let numbers = text.split(separator: ".").compactMap { Int($0) }
    guard !numbers.lexicographicallyPrecedes(Self.versions.first), numbers.lexicographicallyPrecedes(Self.versions.end)
    else {
      throw PeerFileError(
        line: lines.number,
        "written by AWStats \(text), but only files of AWStats 6.5 to 7.9 can be read; convert it with AWStats 7 (awstats.pl -migrate)"
      )
    }
  }

  private mutating func setPeriod(_ stamp: String?) throws(PeerFileError) {
    let own = stamp.flatMap(Self.period(ofStamp:))
    if let stamp, own == nil {
      throw PeerFileError(
        "the file is of \(stamp), but only months and days can be read; with -databasebreak=hour, let AWStats build months from the logs"
      )
    }
    if let own, let named = name.period, own != named {
      throw PeerFileError(
        "the file is of \(PeerDate.monthName(own.lowerBound)), but its name says \(PeerDate.monthName(named.lowerBound)); name it as AWStats does, awstatsMMYYYY.CONFIG.txt"
      )
    }
    period = own ?? name.period
  }

  /// Returns the month of `202401`, or the day of `20240131`.
  private static func period(ofStamp stamp: String) -> ClosedRange<Int32>? {
    guard let number = Int64(stamp) else { return nil }
    switch stamp.count {
    case 6: return PeerDate.month(Int(number / 100), Int(number % 100))
    case 8: return PeerDate.day(number).map { $0...$0 }
    default: return nil
    }
  }

  private mutating func readMap() throws(PeerFileError) {
    let start = lines.number
    while nextLine() {
      guard let first = fields.first else { continue }
      if text(first) == "END_MAP" { return }
      if isAt("POS_", first) { mapped.insert(String(text(first).dropFirst(4))) }
    }
    throw cut("MAP", start)
  }

  // MARK: Sections

  private mutating func readSection(_ section: String, _ period: ClosedRange<Int32>) throws(PeerFileError) {
    let start = lines.number
    guard found.insert(section).inserted else {
      throw PeerFileError(
        line: start, "\(Self.title(section)) is there a second time; are these two files in one? import each by itself")
    }
    let list = AWStatsSection.lists[section]
    let end = "END_" + section
    while nextLine() {
      guard let first = fields.first else { continue }
      if isAt("END_", first) || isAt("BEGIN_", first) {
        if text(first) == end { return }
        throw cut(section, start)
      }
      switch section {
      case "GENERAL": try readGeneral(period)
      case "TIME": try readTime(period)
      case "DAY": try readDay(period)
      default:
        if let list { try readRow(list, section, period) }
      }
    }
    throw cut(section, start)
  }

  private func cut(_ section: String, _ line: Int) -> PeerFileError {
    PeerFileError(line: line, "\(Self.title(section)) has no end: the file is cut off or damaged; copy it again")
  }

  /// The name of a section in messages, which do not repeat what a damaged file holds instead of one.
  private static func title(_ section: String) -> String {
    let known = ["MAP", "GENERAL", "TIME", "DAY"] + AWStatsSection.lists.keys
    return known.contains(section) ? "the section \(section)" : "a section"
  }

  private mutating func readGeneral(_ period: ClosedRange<Int32>) throws(PeerFileError) {
    let key = text(fields[0])
    if let measure = AWStatsSection.general[key] {
      addTotal(try number(1, "GENERAL"), measure, period)
    } else if key == "MonthHostsKnown" || key == "MonthHostsUnknown" {
      hosts = PeerText.sum(hosts, try number(1, "GENERAL"))
    } else if key == "LastUpdate" {
      state = try number(1, "GENERAL")
    }
  }

  private mutating func readTime(_ period: ClosedRange<Int32>) throws(PeerFileError) {
    let hour = try number(0, "TIME")
    guard (0...23).contains(hour) else { throw PeerFileError(line: lines.number, "\(hour) in TIME is no hour") }
    var numbers: [(measure: String, number: Int64)] = []
    for (column, measure) in AWStatsSection.time.enumerated() where column + 1 < fields.count {
      let number = try number(column + 1, "TIME")
      time[column] = PeerText.sum(time[column], number)
      numbers.append((measure, number))
    }
    builder.add(numbers, of: hour < 10 ? "0\(hour)" : "\(hour)", in: "hour", step(period), period.lowerBound)
  }

  private mutating func readDay(_ period: ClosedRange<Int32>) throws(PeerFileError) {
    let date = try number(0, "DAY")
    // A migrated file of AWStats 4 has what belongs to no day on day 0 (awstats.pl 7.8, line 4165).
    guard date % 100 != 0 else {
      remarks.append("some of its traffic belongs to the month, but to no day: AWStats migrated it from an old version")
      return
    }
    guard let day = PeerDate.day(date), period.contains(day) else {
      throw PeerFileError(
        line: lines.number,
        "the day \(date) is outside of \(PeerDate.monthName(period.lowerBound)); is it the file of another month?")
    }
    days.append(day)
    var numbers: [(measure: String, number: Int64)] = []
    for (column, measure) in AWStatsSection.day.enumerated() where column + 1 < fields.count {
      numbers.append((measure, try number(column + 1, "DAY")))
    }
    // The totals of a day file are those of its day.
    if period.count > 1 { builder.add(numbers, .day, day) }
  }

  private mutating func readRow(
    _ list: AWStatsSection, _ section: String, _ period: ClosedRange<Int32>
  ) throws(PeerFileError) {
    let key = text(fields[0])
    let value =
      switch list.key {
      case .value: texts.value(key, in: list.dimension)
      case .page: texts.page(key)
      case .referrer: texts.referrer(key)
      case .named(let names): names[key] ?? texts.value(key, in: list.dimension)
      }
    var numbers: [(measure: String, number: Int64)] = []
    for (column, measure) in list.measures.enumerated() where column + 1 < fields.count && !measure.isEmpty {
      numbers.append((measure, try number(column + 1, section)))
    }
    builder.add(numbers, of: value, in: list.dimension, step(period), period.lowerBound)
  }

  private mutating func addTotal(_ number: Int64, _ measure: String, _ period: ClosedRange<Int32>) {
    builder.add(number, measure, step(period), period.lowerBound)
  }

  private func step(_ period: ClosedRange<Int32>) -> PastStep { period.count == 1 ? .day : .month }

  private func check() throws(PeerFileError) {
    let missing = mapped.intersection(AWStatsSection.lists.keys).union(["GENERAL", "TIME", "DAY"]).subtracting(found)
    if let first = missing.min() {
      throw PeerFileError("the section \(first) is missing: the file is cut off or damaged; copy it again")
    }
  }

  // MARK: Fields

  /// Reads the fields of the next line; returns false at the end.
  private mutating func nextLine() -> Bool {
    guard let range = lines.nextLine() else { return false }
    split(range)
    return true
  }

  /// Splits a line at blanks, as AWStats does.
  private mutating func split(_ range: Range<Int>) {
    line.removeAll(keepingCapacity: true)
    if isXML {
      AWStatsXML.decode(lines.bytes[range], to: &line)
    } else {
      line.append(contentsOf: lines.bytes[range])
    }
    fields.removeAll(keepingCapacity: true)
    var start = 0
    for index in 0...line.count where index == line.count || line[index] == 0x20 || line[index] == 0x09 {
      if index > start { fields.append(start..<index) }
      start = index + 1
    }
  }

  private func text(_ field: Range<Int>) -> String { PeerText.text(line[field]) }

  private func isAt(_ prefix: String, _ field: Range<Int>) -> Bool { PeerText.has(prefix, line[field]) }

  private func number(_ column: Int, _ section: String) throws(PeerFileError) -> Int64 {
    guard column < fields.count, let number = PeerText.number(line[fields[column]]), number >= 0 else {
      throw PeerFileError(
        line: lines.number,
        "column \(column + 1) of \(section) is no number: the file is cut off or damaged; copy it again")
    }
    return number
  }
}

/// The name of a data file: `awstatsMMYYYY[DD].CONFIG.txt`.
struct AWStatsName {
  /// The month or day; nil if the name has none.
  let period: ClosedRange<Int32>?
  /// The name of the configuration, which is often the site's host; empty if the name has none.
  let config: String

  init(_ path: String) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard let parts = file.wholeMatch(of: /awstats(\d{2})(\d{4})(\d{2})?(?:\.(.+?))?\.(?:txt|bak)(?:\.[a-z0-9]+)?/)
    else {
      (period, config) = (nil, "")
      return
    }
    let month = PeerDate.month(Int(parts.2) ?? 0, Int(parts.1) ?? 0)
    if let day = parts.3 {
      period = PeerDate.day(Int64("\(parts.2)\(parts.1)\(day)") ?? 0).map { $0...$0 }
    } else {
      period = month
    }
    config = parts.4.map(String.init) ?? ""
  }
}

/// The XML form of AWStats's files. It is no XML as soon as one value holds a byte of Latin-1, so it is read as AWStats
/// reads it (`XMLDecodeFromHisto`): line by line, without a parser.
enum AWStatsXML {
  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    (Array("%3d".utf8), UInt8(ascii: "=")), (Array("&amp;".utf8), UInt8(ascii: "&")),
    (Array("&lt;".utf8), UInt8(ascii: "<")), (Array("&gt;".utf8), UInt8(ascii: ">")),
    (Array("&quot;".utf8), UInt8(ascii: "\"")), (Array("&apos;".utf8), UInt8(ascii: "'")),
  ]

  /// Appends a line without its tags; the end of a cell becomes a blank.
  static func decode(_ bytes: ArraySlice<UInt8>, to line: inout [UInt8]) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let rest = bytes[index...]
      if bytes[index] == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        if PeerText.has("</td", rest) || PeerText.has("<recnb", rest) { line.append(0x20) }
        index = end + 1
      } else if let entity = entities.first(where: { rest.starts(with: $0.name) }) {
        line.append(entity.byte)
        index += entity.name.count
      } else {
        line.append(bytes[index])
        index += 1
      }
    }
  }
}

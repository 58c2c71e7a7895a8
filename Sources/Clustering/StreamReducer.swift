import ByteScanning
import Hits
import Rollups

// A reducer holds one visitor's hits and the counts of one day, never all hits of a day. So its memory depends only
// on the number of different texts in a day and on the day's busiest visitor.

/// Turns the sorted lines of a stream into the rows of a part.
struct StreamReducer {
  private static let hitColumns = 13
  private static let signalColumns = 7
  private static let tag = Array((StreamVersion.tag + ":").utf8)

  private let output: PartOutput
  /// The sum of all lines except the ends of books, which contain the sums of the others.
  private(set) var sum = StreamSum()
  private var columns = Columns()
  /// Site, day and visitor of the current lines, with their tabs.
  private var key: [UInt8] = []
  private var day: DayReducer?
  /// Host and date of the current day.
  private var name = (host: "", date: "")
  private var rules: [UInt8] = []
  private var hits: [TimedHit] = []
  private var signals = Signals()
  private var client: UInt32?
  private var place: UInt32?

  init(_ output: PartOutput) {
    self.output = output
  }

  /// The reason why a line is refused.
  enum Problem: Error {
    case broken, otherVersion, notSorted, otherRules

    var text: String {
      switch self {
      case .broken: "the line is malformed; run the step that wrote the stream again"
      case .otherVersion: "the line is of another version of footfall; use one version for the whole job"
      case .notSorted: "the stream is not sorted by site, day and visitor; sort it with LC_ALL=C sort"
      case .otherRules: "the lines of the day were mapped with other settings of the site; use one job key for the job"
      }
    }
  }

  /// Adds a line.
  mutating func add(_ bytes: Span<UInt8>, _ line: Range<Int>) throws {
    columns.split(bytes, line)
    guard columns.ranges.count >= 5 else { throw Problem.broken }
    if bytes[line.lowerBound] == RunManifest.mark { return try addBook(bytes, line) }
    sum.add(bytes, line)
    try checkTag(bytes)
    try findVisitor(bytes, line.lowerBound..<columns.ranges[2].upperBound)
    let second = columns.ranges[3]
    if second.count == 1, bytes[second.lowerBound] == HitLines.signals {
      try addSignals(bytes)
    } else {
      try addHit(bytes)
    }
  }

  /// Ends the part.
  mutating func end() throws {
    try endDay()
    try output.write(["received"] + sum.columns)
  }

  private mutating func addBook(_ bytes: Span<UInt8>, _ line: Range<Int>) throws {
    let isEnd = Columns.text(bytes, columns.ranges[4]) == RunManifest.Kind.end.rawValue
    if !isEnd { sum.add(bytes, line) }
    try output.write(bytes, line)
  }

  private func checkTag(_ bytes: Span<UInt8>) throws {
    guard let last = columns.ranges.last,
      ByteSearch.matches(Self.tag, in: bytes, at: last.lowerBound, before: last.upperBound)
    else { throw columns.ranges.count > Self.signalColumns ? Problem.otherVersion : Problem.broken }
  }

  /// Ends the current visitor, and the current day, if the line belongs to another one.
  private mutating func findVisitor(_ bytes: Span<UInt8>, _ range: Range<Int>) throws {
    if key.count == range.count,
      ByteSearch.areEqual(key.span, from: 0, bytes, from: range.lowerBound, count: range.count)
    {
      return
    }
    endVisitor()
    let (host, date) = (columns.ranges[0], columns.ranges[1])
    let next = Columns.bytes(bytes, range)
    guard key.isEmpty || key.lexicographicallyPrecedes(next) else { throw Problem.notSorted }
    let dayLength = date.upperBound - range.lowerBound
    if !next.prefix(dayLength + 1).elementsEqual(key.prefix(dayLength + 1)) {
      try endDay()
      try beginDay(bytes, host, date)
    }
    key = next
  }

  private mutating func beginDay(_ bytes: Span<UInt8>, _ host: Range<Int>, _ date: Range<Int>) throws {
    guard let last = columns.ranges.last else { throw Problem.broken }
    rules = Columns.bytes(bytes, last.lowerBound + Self.tag.count..<last.upperBound)
    guard let settings = DayRules(String(decoding: rules, as: UTF8.self)) else { throw Problem.broken }
    name = (Columns.text(bytes, host), Columns.text(bytes, date))
    guard DayName.day(named: name.date) != nil, !name.host.isEmpty else { throw Problem.broken }
    day = DayReducer(settings)
  }

  private mutating func addSignals(_ bytes: Span<UInt8>) throws {
    guard columns.ranges.count == Self.signalColumns,
      let bits = Columns.number(bytes, columns.ranges[4]), let refusals = Columns.number(bytes, columns.ranges[5]),
      let of = Signals(bits: UInt8(clamping: bits), refusals: UInt32(refusals))
    else { throw Problem.broken }
    signals += of
  }

  private mutating func addHit(_ bytes: Span<UInt8>) throws {
    let columns = columns.ranges
    guard columns.count == Self.hitColumns, columns[4].count == 1,
      let second = Columns.number(bytes, columns[3]),
      let kind = HitKind(rawValue: bytes[columns[4].lowerBound] &- 0x30),
      let bits = Columns.number(bytes, columns[5]),
      let hour = Columns.number(bytes, columns[11]), hour < 24
    else { throw Problem.broken }
    let traits = HitTraits(rawValue: UInt8(clamping: bits))
    guard HitTraits.all.isSuperset(of: traits) else { throw Problem.broken }
    let last = columns[12].lowerBound + Self.tag.count..<columns[12].upperBound
    guard last.count == rules.count,
      ByteSearch.areEqual(rules.span, from: 0, bytes, from: last.lowerBound, count: last.count)
    else { throw Problem.otherRules }
    guard let day else { throw Problem.broken }
    day.note(hour: hour, of: second)
    hits.append(
      TimedHit(
        second: Int32(second), kind: kind, page: day.page(bytes, columns[6]),
        acquisition: day.acquisition(bytes, columns[7]), event: day.event(bytes, columns[8]), traits: traits))
    let (client, place) = (day.client(bytes, columns[9]), day.place(bytes, columns[10]))
    // All lines of a visitor name one client and one place, unless mappers had different geo or rule files.
    if self.client.map({ day.precedes(client: client, $0) }) ?? true { self.client = client }
    if self.place.map({ day.precedes(place: place, $0) }) ?? true { self.place = place }
  }

  /// Counts the current visitor; one without hits does not count.
  private mutating func endVisitor() {
    if let client, let place { day?.add(client: client, place: place, hits: hits, signals: signals) }
    hits.removeAll(keepingCapacity: true)
    signals = Signals()
    (client, place) = (nil, nil)
  }

  private mutating func endDay() throws {
    endVisitor()
    if let day { try output.write(day, of: name) }
    day = nil
  }
}

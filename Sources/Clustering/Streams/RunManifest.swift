import ByteScanning
import Hits
import Ledger
import Rollups
import StatsStore

/// The books of a mapper's run: which files it read, the outcomes of their lines, and the blocks by which they are
/// deduplicated.
///
/// The books share a stream with the hits, under a key of their own, so that both are kept or lost together: the
/// books of an attempt that was given up must not count beside those of the next one.
struct RunManifest {
  /// The first column, instead of a site; no host name begins with it.
  static let mark: UInt8 = 0x21

  /// The kind of a line of the books; its fifth column.
  enum Kind: String {
    case begin, file, outcome, robot, feed, hours, block, end
  }

  /// What requests of robots have in common. Robot and page are symbols.
  private struct RobotKey: Hashable {
    var site: UInt32
    var day: Int32
    var robot: UInt32
    var page: UInt32
    var thing: FetchedThing
    var answer: AnswerKind
  }

  private struct FeedKey: Hashable {
    var site: UInt32
    var day: Int32
    var robot: UInt32
    var page: UInt32
    var reader: UInt64
  }

  /// The number of different requests of robots that are added up in memory.
  private static let mostRobots = 50_000

  private let sites: [SiteProfile]
  private let run = HexDigits.text(UInt64.random(in: .min ... .max))
  private var number = 0
  private var file: String?
  private var outcomes: [OutcomeKey: Int] = [:]
  private var robots: [RobotKey: RobotRequests] = [:]
  private var feeds: [FeedKey: (requests: Int64, subscribers: UInt32)] = [:]
  private var robotTexts = SymbolTable()
  private var pageTexts = SymbolTable()
  private var hours: [JobFile.Hour: Int] = [:]
  private var cutter = BlockCutter()

  /// The names of the files so far.
  private(set) var names: Set<String> = []

  /// Creates books of sites whose ids are their positions, from 1.
  init(_ sites: [SiteProfile]) {
    self.sites = sites
  }

  /// Writes a line of the books.
  ///
  /// - Parameter sum: the sum to which the line is added; the last line contains it.
  mutating func write(
    _ kind: Kind, _ columns: [String], to output: LineOutput, _ sum: inout StreamSum
  ) throws {
    let digits = String(number)
    let place = String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    let line = (["!", run, "-", place, kind.rawValue] + columns.map(Self.clean)).joined(separator: "\t")
    number += 1
    output.append { $0 += line.utf8 }
    try output.endLine { sum.add($0, $1) }
  }

  /// Adds the books of some lines of a file; files come one after the other.
  mutating func add(_ part: ImportPart, to output: LineOutput, _ sum: inout StreamSum) throws {
    if file != part.name {
      try endFile(output, &sum)
      try beginFile(part.name, format: part.format, to: output, &sum)
    }
    outcomes.merge(part.outcomes) { $0 + $1 }
    for slice in part.robots { add(slice) }
    if robots.count + feeds.count > Self.mostRobots { try writeRobots(output, &sum) }
    for (quarter, lines) in part.quarters {
      let calendar = sites[Int(quarter.site) - 1].calendar
      let second = Int64(quarter.quarter) * 900 - calendar.start(ofDay: quarter.day)
      let hour = calendar.hour(day: quarter.day, second: Int32(clamping: second))
      hours[JobFile.Hour(site: quarter.site, day: quarter.day, hour: hour), default: 0] += lines
    }
    for block in cutter.add(part.newLines, days: part.newDays) { try write(block, to: output, &sum) }
  }

  /// Begins a file.
  mutating func beginFile(
    _ name: String, format: String, to output: LineOutput, _ sum: inout StreamSum
  ) throws {
    file = name
    names.insert(name)
    try write(.file, [name, format], to: output, &sum)
  }

  /// Writes the totals of the current file.
  mutating func endFile(_ output: LineOutput, _ sum: inout StreamSum) throws {
    if let last = cutter.last { try write(last, to: output, &sum) }
    for (key, lines) in outcomes.sorted(by: { Self.precedes($0.key, $1.key) }) {
      let place = [host(key.site), key.day == OutcomeKey.noDay ? "" : DayName.name(key.day)]
      try write(.outcome, place + [key.outcome.name, String(lines)], to: output, &sum)
    }
    try writeRobots(output, &sum)
    let clock = hours.sorted { ($0.key.site, $0.key.day, $0.key.hour) < ($1.key.site, $1.key.day, $1.key.hour) }
    for (key, lines) in clock {
      try write(.hours, [host(key.site), DayName.name(key.day), String(key.hour), String(lines)], to: output, &sum)
    }
    (file, outcomes, hours, cutter) = (nil, [:], [:], BlockCutter())
  }

  private mutating func add(_ slice: RobotSlice) {
    let batch = slice.batch
    for request in slice.requests {
      let key = RobotKey(
        site: request.site, day: request.day, robot: Self.symbol(request.robot, of: batch.robots, in: &robotTexts),
        page: Self.symbol(request.page, of: batch.pages, in: &pageTexts), thing: request.thing, answer: request.answer)
      robots[key, default: .init(count: 0, bytes: 0)] += .init(count: 1, bytes: request.bytes)
    }
    for feed in slice.feeds {
      let key = FeedKey(
        site: feed.site, day: feed.day, robot: Self.symbol(feed.robot, of: batch.robots, in: &robotTexts),
        page: Self.symbol(feed.page, of: batch.pages, in: &pageTexts), reader: feed.reader.id)
      let known = feeds[key] ?? (0, 0)
      feeds[key] = (known.requests + 1, max(known.subscribers, feed.reader.subscribers))
    }
  }

  private static func symbol(_ symbol: UInt32, of batch: SymbolTable, in texts: inout SymbolTable) -> UInt32 {
    batch.withBytes(of: symbol) { texts.intern($0, 0..<$0.count) }
  }

  /// Writes the requests of robots so far. Merging adds them up, so they may be written at any time.
  private mutating func writeRobots(_ output: LineOutput, _ sum: inout StreamSum) throws {
    let requests = robots.map { key, sum in
      place(key.site, key.day, key.robot, key.page) + [
        String(key.thing.rawValue), String(key.answer.rawValue), String(sum.count), String(sum.bytes),
      ]
    }
    for row in requests.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try write(.robot, row, to: output, &sum)
    }
    let readers = feeds.map { key, sum in
      place(key.site, key.day, key.robot, key.page) + [
        HexDigits.text(key.reader), String(sum.requests), String(sum.subscribers),
      ]
    }
    for row in readers.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try write(.feed, row, to: output, &sum)
    }
    (robots, feeds, robotTexts, pageTexts) = ([:], [:], SymbolTable(), SymbolTable())
  }

  /// The first columns of a robot's line: host, day, the robot's parts, page.
  private func place(_ site: UInt32, _ day: Int32, _ robot: UInt32, _ page: UInt32) -> [String] {
    [host(site), DayName.name(day)] + HitBatch.parts(of: robotTexts.string(of: robot)) + [pageTexts.string(of: page)]
  }

  private mutating func write(_ block: BlockName, to output: LineOutput, _ sum: inout StreamSum) throws {
    let days = block.days.map { [DayName.name($0.lowerBound), DayName.name($0.upperBound)] } ?? ["", ""]
    let flags = [block.isComplete ? "complete" : "open", block.isStrong ? "strong" : "weak"]
    try write(.block, [HexDigits.text(block.id.bytes), String(block.lines)] + flags + days, to: output, &sum)
  }

  private func host(_ site: UInt32) -> String {
    site == 0 ? "" : sites[Int(site) - 1].host
  }

  private static func precedes(_ left: OutcomeKey, _ right: OutcomeKey) -> Bool {
    (left.site, left.day, left.outcome.rawValue) < (right.site, right.day, right.outcome.rawValue)
  }

  /// Replaces control characters; file names may contain any.
  private static func clean(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
    return String(decoding: text.utf8.map { $0 < 0x20 ? 0x3F : $0 }, as: UTF8.self)
  }
}

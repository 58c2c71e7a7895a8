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

  private struct RobotPlace: Hashable {
    var site: UInt32
    var day: Int32
    var key: RobotRollup.Key
  }

  private struct FeedPlace: Hashable {
    var site: UInt32
    var day: Int32
    var key: RobotRollup.FeedKey
  }

  /// The number of different requests of robots that are added up in memory.
  private static let mostRobots = 50_000

  private let sites: [SiteProfile]
  private let run = HexDigits.text(UInt64.random(in: .min ... .max))
  private var number = 0
  private var file: String?
  private var outcomes: [OutcomeKey: Int] = [:]
  private var robots: [RobotPlace: RobotRollup.Requests] = [:]
  private var feeds: [FeedPlace: (requests: Int64, subscribers: UInt32)] = [:]
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
    for request in slice.requests {
      let key = RobotRollup.Key(
        robot: slice.batch.robots.string(of: request.robot), page: slice.batch.pages.string(of: request.page),
        thing: request.thing, answer: request.answer)
      robots[RobotPlace(site: request.site, day: request.day, key: key), default: .init(count: 0, bytes: 0)] += .init(
        count: 1, bytes: request.bytes)
    }
    for feed in slice.feeds {
      let key = RobotRollup.FeedKey(
        robot: slice.batch.robots.string(of: feed.robot), page: slice.batch.pages.string(of: feed.page),
        reader: feed.reader.id)
      let place = FeedPlace(site: feed.site, day: feed.day, key: key)
      let known = feeds[place] ?? (0, 0)
      feeds[place] = (known.requests + 1, max(known.subscribers, feed.reader.subscribers))
    }
  }

  /// Writes the requests of robots so far. Merging adds them up, so they may be written at any time.
  private mutating func writeRobots(_ output: LineOutput, _ sum: inout StreamSum) throws {
    let requests = robots.map { key, sum in
      [host(key.site), DayName.name(key.day)] + HitBatch.parts(of: key.key.robot) + [
        key.key.page, String(key.key.thing.rawValue), String(key.key.answer.rawValue), String(sum.count),
        String(sum.bytes),
      ]
    }
    for row in requests.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try write(.robot, row, to: output, &sum)
    }
    let readers = feeds.map { key, sum in
      [host(key.site), DayName.name(key.day)] + HitBatch.parts(of: key.key.robot) + [
        key.key.page, HexDigits.text(key.key.reader), String(sum.requests), String(sum.subscribers),
      ]
    }
    for row in readers.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try write(.feed, row, to: output, &sum)
    }
    (robots, feeds) = ([:], [:])
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

import ByteScanning
import Rollups

/// The storage format for many requests of robots on an open day: packed to some ten bytes for those that have
/// everything in common.
///
/// They are sorted by robot and page. Each is: robot minus the robot before · page · thing and answer (1 byte) · number of
/// requests · bytes. Numbers are LEB128.
enum RobotRunCodec {
  /// Requests of one robot for one page, with ids of the dictionary.
  struct Entry: Equatable {
    var robot: UInt32
    var page: UInt32
    /// Raw values of thing and answer.
    var thing: UInt8
    var answer: UInt8
    var sum: RobotRequests

    /// Thing and answer as one byte.
    fileprivate var ending: UInt8 { thing << 4 | answer }
  }

  /// Returns entries sorted by robot, and those of a robot by page, thing and answer, each with its sum.
  static func sums(_ entries: [Entry]) -> [Entry] {
    var robots = DenseIDs()
    for entry in entries { _ = robots.insert(entry.robot) }
    let sorted = robots.ids.sorted()
    var ranks = [UInt64](repeating: 0, count: sorted.count)
    for (rank, robot) in sorted.enumerated() { ranks[robots.insert(robot)] = UInt64(rank) }
    // A word that is ordered like an entry, which needs more bits: robots are few.
    var keys = HashTable()
    var sums: [(key: UInt64, entry: Entry)] = []
    for entry in entries {
      let rank = ranks[robots.insert(entry.robot)]
      let key = rank << 40 | UInt64(entry.page) << 8 | UInt64(entry.ending)
      let place = keys.number(ofKey: key)
      if place == sums.count { sums.append((key, entry)) } else { sums[place].entry.sum += entry.sum }
    }
    return sums.sorted { $0.key < $1.key }.map(\.entry)
  }

  /// Packs entries, sorted by robot.
  static func pack(_ entries: some Sequence<Entry>) -> [UInt8] {
    var data: [UInt8] = []
    var last: UInt32 = 0
    for entry in entries {
      LEB128.append(UInt64(entry.robot - last), to: &data)
      last = entry.robot
      LEB128.append(UInt64(entry.page), to: &data)
      data.append(entry.ending)
      LEB128.append(UInt64(bitPattern: entry.sum.count), to: &data)
      LEB128.append(UInt64(bitPattern: entry.sum.bytes), to: &data)
    }
    return data
  }
}

/// Reads packed requests of robots in order.
struct RobotRunReader {
  private let data: [UInt8]
  private var position = 0
  private var robot: UInt32 = 0

  init(_ data: [UInt8]) {
    self.data = data
  }

  /// Returns the next entry; nil after the last one.
  mutating func next() throws(RunPieceReader.Damage) -> RobotRunCodec.Entry? {
    guard position < data.count else { return nil }
    robot &+= try number32()
    let page = try number32()
    guard position < data.count else { throw RunPieceReader.Damage() }
    let ending = data[position]
    position += 1
    let sum = RobotRequests(count: Int64(bitPattern: try number()), bytes: Int64(bitPattern: try number()))
    return RobotRunCodec.Entry(robot: robot, page: page, thing: ending >> 4, answer: ending & 0xF, sum: sum)
  }

  private mutating func number32() throws(RunPieceReader.Damage) -> UInt32 {
    guard let number = UInt32(exactly: try number()) else { throw RunPieceReader.Damage() }
    return number
  }

  private mutating func number() throws(RunPieceReader.Damage) -> UInt64 {
    guard let number = LEB128.number(in: data, at: &position) else { throw RunPieceReader.Damage() }
    return number
  }
}

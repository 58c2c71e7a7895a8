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

    static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
      let (pageOfLeft, pageOfRight) = (left.robotAndPage, right.robotAndPage)
      return pageOfLeft != pageOfRight ? pageOfLeft < pageOfRight : left.ending < right.ending
    }

    private var robotAndPage: UInt64 { UInt64(robot) << 32 | UInt64(page) }

    /// Thing and answer as one byte.
    fileprivate var ending: UInt8 { thing << 4 | answer }
  }

  /// Returns entries sorted by robot, page, thing and answer, each with its sum.
  static func sums(_ entries: [Entry]) -> [Entry] {
    var sums: [Entry] = []
    sums.reserveCapacity(entries.count)
    for entry in entries.sorted(by: Entry.isBefore) {
      if let last = sums.indices.last, !Entry.isBefore(sums[last], entry) {
        sums[last].sum += entry.sum
      } else {
        sums.append(entry)
      }
    }
    return sums
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

/// A cell of the visit cube: its values, its measures, and which of its visitors are counted where sums run over cells.
///
/// A visitor has one country, browser, system and device on a day, but each visit has a source and a channel of its own.
/// Whoever adds up cells of several sources must count such a visitor once: in the cell of the first visit of those that
/// are added up (docs/decisions/0008-visitors-in-the-cube.md).
public struct CubeCell: Sendable {
  /// What the cell stands for.
  public var key: DayRollup.CubeKey
  /// Its measures; its visitors are all who had a visit here.
  public var counts: Counts
  /// Visitors whose first visit from the cell's source is in this cell.
  public var visitorsOfSource: Int64 = 0
  /// Visitors whose first visit by the cell's channel is in this cell.
  public var visitorsOfChannel: Int64 = 0
  /// Visitors whose first visit of the day is in this cell.
  public var visitorsOfDay: Int64 = 0

  /// The measures in the order in which they are stored: those of ``counts``, then the three sums of visitors.
  public var measures: [Int64] { counts.measures + [visitorsOfSource, visitorsOfChannel, visitorsOfDay] }
}

/// The cells of a day as they are counted, visitor after visitor, visit after visit in order of time.
struct VisitCube {
  private struct Firsts {
    var source: Int64 = 0
    var channel: Int64 = 0
    var day: Int64 = 0
  }

  private var table = CountTable<DayRollup.CubeKey>()
  /// By the place of the cell in the table.
  private var firsts: [Firsts] = []
  /// What the visitor at hand has come by so far; few, so that a search through them is cheap.
  private var sources: [UInt32] = []
  private var channels: [UInt32] = []

  /// Begins with a visitor that has not been counted yet.
  mutating func beginVisitor() {
    sources.removeAll(keepingCapacity: true)
    channels.removeAll(keepingCapacity: true)
  }

  /// Adds a visit of the visitor at hand.
  mutating func add(_ key: DayRollup.CubeKey, hits: Int, seconds: Int, visitor: Int, _ visit: VisitMark) {
    let index = table.add(key, hits: hits, seconds: seconds, visitor: visitor, visit: visit)
    if index == firsts.count { firsts.append(Firsts()) }
    if sources.isEmpty { firsts[index].day += 1 }
    if !sources.contains(key.source) {
      sources.append(key.source)
      firsts[index].source += 1
    }
    if !channels.contains(key.channel) {
      channels.append(key.channel)
      firsts[index].channel += 1
    }
  }

  /// All cells, in no order.
  var cells: [CubeCell] {
    zip(table.entries, firsts).map { entry, firsts in
      CubeCell(
        key: entry.key, counts: entry.counts, visitorsOfSource: firsts.source, visitorsOfChannel: firsts.channel,
        visitorsOfDay: firsts.day)
    }
  }
}

extension DayRollup.CubeKey: CountKey {
  var packed: UInt64 {
    UInt64(source) ^ UInt64(channel) << 7 ^ UInt64(country) << 13 ^ UInt64(browser) << 26 ^ UInt64(os) << 39
      ^ UInt64(device) << 48
  }
}

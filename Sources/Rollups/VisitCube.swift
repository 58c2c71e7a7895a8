/// A cell of the visit cube: its values, its measures, and how many of its visitors count in sums over several cells.
///
/// A visitor has one country, browser, system and device per day, but each visit has its own source and channel. A
/// sum over cells of several sources must count such a visitor once: in the cell of the first visit in the sum
/// (docs/decisions/0008-visitors-in-the-cube.md).
public struct CubeCell: Sendable {
  /// The values of the cell.
  public var key: DayRollup.CubeKey
  /// Its measures. Its visitors are all that had a visit here.
  public var counts: Counts
  /// Visitors whose first visit from the cell's source is in this cell.
  public var visitorsOfSource: Int64 = 0
  /// Visitors whose first visit by the cell's channel is in this cell.
  public var visitorsOfChannel: Int64 = 0
  /// Visitors whose first visit of the day is in this cell.
  public var visitorsOfDay: Int64 = 0

  /// The measures in the order in which they are stored: those of ``counts`` but visitors seen loading, then the
  /// three sums of visitors.
  public var measures: [Int64] {
    [
      counts.pageviews, counts.visitors, counts.visits, counts.bounces, counts.seconds, visitorsOfSource,
      visitorsOfChannel, visitorsOfDay,
    ]
  }
}

/// Counts the cells of a day, visitor by visitor, and visit by visit in chronological order.
struct VisitCube: Sendable {
  /// In which respects a visit is the first one of its visitor.
  struct Firsts {
    /// From its source.
    var source: Bool
    /// By its channel.
    var channel: Bool
    /// Of the day.
    var day: Bool
  }

  private struct FirstVisits {
    var source: Int64 = 0
    var channel: Int64 = 0
    var day: Int64 = 0
  }

  private var table = CountTable<DayRollup.CubeKey>()
  /// By the index of the cell in the table.
  private var firsts: [FirstVisits] = []

  /// Adds a visit of the current visitor.
  mutating func add(
    _ key: DayRollup.CubeKey, hits: Int, seconds: Int, visitor: VisitorMark, _ visit: VisitMark, _ first: Firsts
  ) {
    let index = table.add(key, hits: hits, seconds: seconds, visitor: visitor, visit: visit).place
    if index == firsts.count { firsts.append(FirstVisits()) }
    if first.source { firsts[index].source += 1 }
    if first.channel { firsts[index].channel += 1 }
    if first.day { firsts[index].day += 1 }
  }

  /// All cells, in no particular order.
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

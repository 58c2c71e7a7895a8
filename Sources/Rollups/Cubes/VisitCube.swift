/// Counts the cells of ``Cube/visits``, visitor by visitor, and visit by visit in chronological order.
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

  private var table = CountTable<CellKey<6>>()
  /// By the index of the cell in the table.
  private var firsts: [FirstVisits] = []

  /// Adds a visit of the current visitor.
  ///
  /// - Parameter values: those of the cube's dimensions.
  mutating func add(
    _ values: [6 of UInt32], hits: Int, seconds: Int, visitor: VisitorMark, _ visit: VisitMark, _ first: Firsts
  ) {
    let index = table.add(CellKey(values), hits: hits, seconds: seconds, visitor: visitor, visit: visit).place
    if index == firsts.count { firsts.append(FirstVisits()) }
    if first.source { firsts[index].source += 1 }
    if first.channel { firsts[index].channel += 1 }
    if first.day { firsts[index].day += 1 }
  }

  /// Calls `body` with all cells, in no particular order.
  func forEach(_ body: (CubeCell) throws -> Void) rethrows {
    for (entry, firsts) in zip(table.entries, firsts) {
      let counts = entry.counts
      try body(
        CubeCell(
          entry.key.values,
          [
            counts.pageviews, counts.visitors, counts.visits, counts.bounces, counts.seconds, firsts.source,
            firsts.channel, firsts.day,
          ]))
    }
  }
}

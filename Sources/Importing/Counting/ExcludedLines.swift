import StatsStore

/// How many lines rules or a period exclude, by site, day and outcome.
///
/// These lines are counted, but otherwise treated as if they were not in the log. The ledger does not contain them,
/// so an import without the rule finds them new.
struct ExcludedLines: Sendable {
  private(set) var counts: [(key: OutcomeKey, lines: Int)] = []

  /// The number of all these lines.
  var total: Int { counts.reduce(0) { $0 + $1.lines } }

  /// Counts a line. A chunk has few keys, and consecutive lines usually share one.
  mutating func add(_ key: OutcomeKey) {
    if let last = counts.indices.last, counts[last].key == key {
      counts[last].lines += 1
    } else if let index = counts.firstIndex(where: { $0.key == key }) {
      counts[index].lines += 1
    } else {
      counts.append((key, 1))
    }
  }
}

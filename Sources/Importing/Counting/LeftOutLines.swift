import StatsStore

/// How many lines a rule or a period leaves out, by site, day and outcome.
///
/// They are counted and otherwise treated as if they did not stand in the log: the ledger never hears of them, so that an
/// import without the rule finds them new.
struct LeftOutLines: Sendable {
  private(set) var counts: [(key: OutcomeKey, lines: Int)] = []

  /// How many lines there are.
  var total: Int { counts.reduce(0) { $0 + $1.lines } }

  /// Counts a line. A chunk has few keys, and lines in a row share theirs.
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

/// Bounds how many values of a dimension a day keeps.
enum ValueCap {
  /// The counts of the values of most visitors, and one value that takes the counts of the rest.
  ///
  /// - Parameters:
  ///   - cap: how many values are kept. Of equal ones those that come first in order are.
  ///   - values: the values of one dimension, each once.
  ///   - other: the value that takes the rest. Its visitors are the sum of theirs, an upper bound.
  static func apply<Value: Comparable & Sendable>(
    _ cap: Int, to values: [(value: Value, counts: Counts)], other: Value
  ) -> [(value: Value, counts: Counts)] {
    guard values.count > cap else { return values }
    let ranked = values.sorted(by: ranksHigher)
    var kept = Array(ranked.prefix(cap))
    let rest = ranked.dropFirst(cap).reduce(into: Counts()) { $0 += $1.counts }
    // A campaign may bear the very name of the rest.
    if let same = kept.firstIndex(where: { $0.value == other }) {
      kept[same].counts += rest
    } else {
      kept.append((other, rest))
    }
    return kept
  }

  private static func ranksHigher<Value: Comparable & Sendable>(
    _ left: (value: Value, counts: Counts), _ right: (value: Value, counts: Counts)
  ) -> Bool {
    if left.counts.visitors != right.counts.visitors { return left.counts.visitors > right.counts.visitors }
    if left.counts.pageviews != right.counts.pageviews { return left.counts.pageviews > right.counts.pageviews }
    return left.value < right.value
  }
}

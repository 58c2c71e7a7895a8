import HeapModule

/// Limits how many values of a dimension a day keeps.
enum ValueCap {
  /// Returns the counts of the values with most visitors, and one value that takes the counts of the rest, in no
  /// particular order. Holds no more than these in memory.
  ///
  /// - Parameters:
  ///   - cap: how many values are kept. Of equal values, the first ones in order are kept.
  ///   - values: the values of one dimension, each once.
  ///   - other: the value that takes the rest. Its visitors are the sum of theirs, which is an upper bound.
  static func apply<Value: Comparable & Sendable>(
    _ cap: Int, to values: some Sequence<(value: Value, counts: Counts)>, other: Value
  ) -> [(value: Value, counts: Counts)] {
    var values = values.makeIterator()
    var kept: [(value: Value, counts: Counts)] = []
    while kept.count < cap, let entry = values.next() { kept.append(entry) }
    guard let first = values.next() else { return kept }
    var best = Heap(kept.lazy.map { Ranked(value: $0.value, counts: $0.counts) })
    var rest = Counts()
    var next: (value: Value, counts: Counts)? = first
    while let entry = next {
      let ranked = Ranked(value: entry.value, counts: entry.counts)
      if let last = best.min, last < ranked {
        rest += last.counts
        best.replaceMin(with: ranked)
      } else {
        rest += entry.counts
      }
      next = values.next()
    }
    kept = best.unordered.map { ($0.value, $0.counts) }
    // A campaign may have the same name as the rest.
    if let same = kept.firstIndex(where: { $0.value == other }) {
      kept[same].counts += rest
    } else {
      kept.append((other, rest))
    }
    return kept
  }
}

/// A value in the order in which values are kept: one with more visitors is higher.
private struct Ranked<Value: Comparable & Sendable>: Comparable, Sendable {
  let value: Value
  let counts: Counts

  static func < (left: Self, right: Self) -> Bool {
    if left.counts.visitors != right.counts.visitors { return left.counts.visitors < right.counts.visitors }
    if left.counts.pageviews != right.counts.pageviews { return left.counts.pageviews < right.counts.pageviews }
    return left.value > right.value
  }
}

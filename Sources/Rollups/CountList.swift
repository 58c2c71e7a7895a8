/// Counts by small numbers, each the place of its counts.
///
/// For what every hit or visit is counted by: there is nothing to look for, and neighbours lie side by side.
struct CountList {
  private var entries: [MarkedCounts] = []

  /// Adds hits and seconds to a number, and visitor and visit where they have not counted for it yet.
  mutating func add(_ number: UInt32, hits: Int, seconds: Int, visitor: UInt32, visit: VisitMark?) {
    let place = Int(number)
    if place >= entries.count {
      entries.append(contentsOf: repeatElement(MarkedCounts(), count: place + 1 - entries.count))
    }
    entries[place].add(hits: hits, seconds: seconds, visitor: visitor, visit: visit)
  }

  /// The numbers that anything was added to, in order, with their counts.
  var counts: [(value: UInt32, counts: Counts)] {
    var counts: [(value: UInt32, counts: Counts)] = []
    counts.reserveCapacity(entries.count { $0.counts.visitors > 0 })
    for (number, entry) in entries.enumerated() where entry.counts.visitors > 0 {
      counts.append((UInt32(number), entry.counts))
    }
    return counts
  }
}

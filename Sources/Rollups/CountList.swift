/// Counts indexed by small numbers.
///
/// Used for what every hit or visit is counted by, since finding an entry takes almost no search. A number without
/// counts takes only four bytes, which matters because few of a day's texts are entry pages.
struct CountList {
  /// For each number, the index of its entry + 1; 0 if it has none.
  private var places: [UInt32] = []
  /// In the order in which the numbers first appeared.
  private var entries: [MarkedCounts] = []

  /// Adds hits and seconds to a number, and the visitor and the visit if they were not counted for it before.
  mutating func add(_ number: UInt32, hits: Int, seconds: Int, visitor: UInt32, visit: VisitMark?) {
    let number = Int(number)
    if number >= places.count { places.append(contentsOf: repeatElement(0, count: number + 1 - places.count)) }
    if places[number] == 0 {
      entries.append(MarkedCounts())
      places[number] = UInt32(entries.count)
    }
    entries[Int(places[number]) - 1].add(hits: hits, seconds: seconds, visitor: visitor, visit: visit)
  }

  /// The numbers that have counts, in ascending order, with their counts.
  var counts: some Sequence<(value: UInt32, counts: Counts)> {
    places.enumerated().lazy.filter { $0.element != 0 }.map { number, place in
      (UInt32(number), entries[Int(place) - 1].counts)
    }
  }
}

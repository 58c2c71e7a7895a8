/// Counts by small numbers, each of which leads to the place of its counts.
///
/// For what every hit or visit is counted by: there is next to nothing to look for. A number that nothing is added to takes four
/// bytes, since of a day's texts few are entry pages.
struct CountList {
  /// The place of a number's entry + 1; 0 where it has none.
  private var places: [UInt32] = []
  /// In the order in which the numbers came.
  private var entries: [MarkedCounts] = []

  /// Adds hits and seconds to a number, and visitor and visit where they have not counted for it yet.
  mutating func add(_ number: UInt32, hits: Int, seconds: Int, visitor: UInt32, visit: VisitMark?) {
    let number = Int(number)
    if number >= places.count { places.append(contentsOf: repeatElement(0, count: number + 1 - places.count)) }
    if places[number] == 0 {
      entries.append(MarkedCounts())
      places[number] = UInt32(entries.count)
    }
    entries[Int(places[number]) - 1].add(hits: hits, seconds: seconds, visitor: visitor, visit: visit)
  }

  /// The numbers that anything was added to, in order, with their counts.
  var counts: some Sequence<(value: UInt32, counts: Counts)> {
    places.enumerated().lazy.filter { $0.element != 0 }.map { number, place in
      (UInt32(number), entries[Int(place) - 1].counts)
    }
  }
}

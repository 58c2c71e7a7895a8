/// Counts indexed by small numbers.
///
/// Used for what every hit or visit is counted by, since finding an entry takes almost no search. A number without
/// counts takes only four bytes, which matters because few of a day's texts are entry pages.
struct CountList {
  /// For each number, the index of its entry + 1; 0 if it has none. Empty in a sparse list.
  private var places: [UInt32] = []
  /// The same for a sparse list.
  private var sparsePlaces: [UInt32: UInt32] = [:]
  private let isSparse: Bool
  /// In the order in which the numbers first appeared.
  private var entries: [MarkedCounts] = []

  /// - Parameter isSparse: whether few of the numbers have counts, so that four bytes for each of the others are too many.
  init(isSparse: Bool) {
    self.isSparse = isSparse
  }

  /// Adds hits and seconds to a number, and the visitor and the visit if they were not counted for it before.
  mutating func add(_ number: UInt32, hits: Int, seconds: Int, visitor: VisitorMark, visit: VisitMark?) {
    entries[place(of: number)].add(hits: hits, seconds: seconds, visitor: visitor, visit: visit)
  }

  /// Returns the index of a number's entry, which is created if the number is new.
  private mutating func place(of number: UInt32) -> Int {
    if isSparse {
      let place = sparsePlaces[number, default: UInt32(entries.count)]
      if place == entries.count {
        sparsePlaces[number] = place
        entries.append(MarkedCounts())
      }
      return Int(place)
    }
    let index = Int(number)
    if index >= places.count { places.append(contentsOf: repeatElement(0, count: index + 1 - places.count)) }
    if places[index] == 0 {
      entries.append(MarkedCounts())
      places[index] = UInt32(entries.count)
    }
    return Int(places[index]) - 1
  }

  /// The numbers that have counts, in ascending order, with their counts.
  var counts: [(value: UInt32, counts: Counts)] {
    if isSparse {
      return sparsePlaces.sorted { $0.key < $1.key }.map { ($0.key, entries[Int($0.value)].counts) }
    }
    return places.enumerated().lazy.filter { $0.element != 0 }.map { number, place in
      (UInt32(number), entries[Int(place) - 1].counts)
    }
  }
}

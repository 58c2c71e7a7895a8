/// A record that runs hold in the order of visitors.
protocol VisitorRecord {
  var visitor: UInt64 { get }
  /// A total order, by visitor first.
  static func isBefore(_ left: Self, _ right: Self) -> Bool
}

/// Sorts the records of runs.
///
/// Visitors are hashes, so their first bits split them into buckets of one or two visitors each. Buckets are in
/// order, or nearly, because lines are. This takes a tenth of the time of a comparison sort.
enum RunOrder {
  private static let mostBits = 16
  /// The number of elements up to which each is moved to its place (insertion sort).
  private static let few = 16

  /// Returns the elements in order.
  static func sorted<Element: VisitorRecord>(_ elements: [Element]) -> [Element] {
    guard let first = elements.first else { return [] }
    let bits = min(Self.mostBits, Int.bitWidth - elements.count.leadingZeroBitCount)
    func bucket(_ element: Element) -> Int { Int(element.visitor >> UInt64(64 - bits)) }
    var ends = [Int](repeating: 0, count: 1 << bits)
    for element in elements { ends[bucket(element)] += 1 }
    var start = 0
    for index in ends.indices {
      let count = ends[index]
      ends[index] = start
      start += count
    }
    var sorted = [Element](repeating: first, count: elements.count)
    for element in elements {
      sorted[ends[bucket(element)]] = element
      ends[bucket(element)] += 1
    }
    start = 0
    for end in ends {
      sort(&sorted, start..<end)
      start = end
    }
    return sorted
  }

  private static func sort<Element: VisitorRecord>(_ elements: inout [Element], _ range: Range<Int>) {
    if range.count > Self.few {
      elements[range].sort(by: Element.isBefore)
      return
    }
    for index in range.dropFirst() where Element.isBefore(elements[index], elements[index - 1]) {
      let element = elements[index]
      var place = index
      while place > range.lowerBound, Element.isBefore(element, elements[place - 1]) {
        elements[place] = elements[place - 1]
        place -= 1
      }
      elements[place] = element
    }
  }
}

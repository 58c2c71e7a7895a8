/// Counts by key.
///
/// A flat table with open addressing, because every visit is counted under several keys. A `Dictionary` takes three
/// times as long to hash a key as this table takes to count it.
struct CountTable<Key: CountKey>: Sendable {
  struct Entry: Sendable {
    let key: Key
    fileprivate(set) var marked = MarkedCounts()

    var counts: Counts { marked.counts }
  }

  /// The index of an entry + 1; 0 is an empty slot.
  private var slots = [UInt32](repeating: 0, count: 64)
  /// In the order in which the keys first appeared.
  private(set) var entries: [Entry] = []

  /// Adds hits and seconds to a key, and the visitor and the visit if they were not counted for it before.
  ///
  /// - Returns: the index of the key in ``entries``, and whether the visitor is new to it.
  @discardableResult
  mutating func add(
    _ key: Key, hits: Int, seconds: Int, visitor: VisitorMark, visit: VisitMark?
  ) -> (place: Int, isNewVisitor: Bool) {
    let index = index(of: key)
    return (index, entries[index].marked.add(hits: hits, seconds: seconds, visitor: visitor, visit: visit))
  }

  /// Adds the counts of other visitors to a key.
  mutating func add(_ counts: Counts, to key: Key) {
    entries[index(of: key)].marked.add(counts)
  }

  /// Returns the index of a key's entry, which is created if the key is new.
  private mutating func index(of key: Key) -> Int {
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].key == key { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(key: key))
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Self.hash(entry.key) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// Fibonacci hashing: keys differ in their low bits, and the slot is taken from the high bits of the product.
  private static func hash(_ key: Key) -> Int {
    Int(truncatingIfNeeded: (key.packed &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}

/// A key of a ``CountTable``.
protocol CountKey: Equatable, Sendable {
  /// A number that differs between most keys.
  var packed: UInt64 { get }
}

/// Counts by key; the key's distinct visitors are told by a mark of the last visitor that counted for it.
///
/// That is exact because visitors come one after the other, and costs no set. A flat table with open addressing, because
/// every hit is counted under a dozen keys: a `Dictionary` hashes a key three times as long as this counts it.
struct CountTable<Key: CountKey> {
  struct Entry {
    let key: Key
    var counts = Counts()
    fileprivate var lastVisitor = -1
    fileprivate var lastVisit = -1

    fileprivate init(key: Key) {
      self.key = key
    }
  }

  /// Index of an entry + 1; 0 is an empty slot.
  private var slots = [UInt32](repeating: 0, count: 64)
  /// In the order in which the keys came.
  private(set) var entries: [Entry] = []

  /// Adds hits and seconds to a key, and visitor and visit where they have not counted for it yet.
  ///
  /// - Returns: the place of the key among ``entries``.
  @discardableResult
  mutating func add(_ key: Key, hits: Int, seconds: Int, visitor: Int, visit: VisitMark?) -> Int {
    let index = index(of: key)
    entries[index].add(hits: hits, seconds: seconds, visitor: visitor, visit: visit)
    return index
  }

  /// The place of a key's entry, made where it is new.
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

  /// Fibonacci hashing: keys differ in their low bits, slots are taken from the high ones of the product.
  private static func hash(_ key: Key) -> Int {
    Int(truncatingIfNeeded: (key.packed &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}

/// What can be counted by.
protocol CountKey: Equatable {
  /// A number that differs between most keys.
  var packed: UInt64 { get }
}

extension CountTable.Entry {
  fileprivate mutating func add(hits: Int, seconds: Int, visitor: Int, visit: VisitMark?) {
    counts.pageviews += Int64(hits)
    counts.seconds += Int64(seconds)
    if lastVisitor != visitor {
      lastVisitor = visitor
      counts.visitors += 1
    }
    if let visit, lastVisit != visit.number {
      lastVisit = visit.number
      counts.visits += 1
      if visit.isBounce { counts.bounces += 1 }
    }
  }
}

/// A visit as counting marks it: its number within the day.
struct VisitMark {
  let number: Int
  let isBounce: Bool
}

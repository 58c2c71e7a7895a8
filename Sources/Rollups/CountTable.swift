/// Counts by key, in a flat table; the key's distinct visitors are told by a mark of the last visitor that counted for it.
///
/// That is exact because visitors come one after the other, and costs no set.
struct CountTable<Key: Hashable> {
  struct Entry {
    let key: Key
    var counts = Counts()
    var lastVisitor = -1
    var lastVisit = -1
  }

  private var indices: [Key: Int] = [:]
  private(set) var entries: [Entry] = []

  /// The place of a key's counts, made where it is new.
  mutating func index(of key: Key) -> Int {
    if let index = indices[key] { return index }
    indices[key] = entries.count
    entries.append(Entry(key: key))
    return entries.count - 1
  }

  /// Adds hits and seconds to a key, and visitor and visit where they have not counted for it yet.
  mutating func add(_ key: Key, hits: Int, seconds: Int, visitor: Int, visit: VisitMark?) {
    let index = self.index(of: key)
    entries[index].counts.pageviews += Int64(hits)
    entries[index].counts.seconds += Int64(seconds)
    if entries[index].lastVisitor != visitor {
      entries[index].lastVisitor = visitor
      entries[index].counts.visitors += 1
    }
    if let visit, entries[index].lastVisit != visit.number {
      entries[index].lastVisit = visit.number
      entries[index].counts.visits += 1
      if visit.isBounce { entries[index].counts.bounces += 1 }
    }
  }
}

/// A visit as counting marks it: its number within the day.
struct VisitMark {
  let number: Int
  let isBounce: Bool
}

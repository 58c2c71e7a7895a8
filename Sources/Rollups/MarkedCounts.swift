/// The counts of one key, with a mark of the last visitor and visit that counted for it.
///
/// That tells distinct visitors exactly because they come one after the other, and costs no set.
struct MarkedCounts {
  private(set) var counts = Counts()
  private var lastVisitor: UInt32 = 0
  private var lastVisit: UInt32 = 0

  /// Adds hits and seconds, and visitor and visit, both counted from 1, where they have not counted here yet.
  ///
  /// - Returns: whether the visitor has not.
  @discardableResult
  mutating func add(hits: Int, seconds: Int, visitor: UInt32, visit: VisitMark?) -> Bool {
    counts.pageviews += Int64(hits)
    counts.seconds += Int64(seconds)
    if let visit, lastVisit != visit.number {
      lastVisit = visit.number
      counts.visits += 1
      if visit.isBounce { counts.bounces += 1 }
    }
    if lastVisitor == visitor { return false }
    lastVisitor = visitor
    counts.visitors += 1
    return true
  }

  /// Adds the counts of other visitors.
  mutating func add(_ other: Counts) {
    counts += other
  }
}

/// A visit as counting marks it: its number within the day, from 1.
struct VisitMark {
  let number: UInt32
  let isBounce: Bool
}

/// The counts of one key, with a mark of the last visitor and visit that counted for it.
///
/// That tells distinct visitors exactly because they come one after the other, and costs no set.
struct MarkedCounts {
  // As small as may be, since a day may have millions of pages; it has fewer than 2³² hits.
  private var pageviews: UInt32 = 0
  private var visitors: UInt32 = 0
  private var visits: UInt32 = 0
  private var bounces: UInt32 = 0
  private var seconds: Int64 = 0
  private var lastVisitor: UInt32 = 0
  private var lastVisit: UInt32 = 0

  /// What was counted.
  var counts: Counts {
    var counts = Counts()
    counts.pageviews = Int64(pageviews)
    counts.visitors = Int64(visitors)
    counts.visits = Int64(visits)
    counts.bounces = Int64(bounces)
    counts.seconds = seconds
    return counts
  }

  /// Adds hits and seconds, and visitor and visit, both counted from 1, where they have not counted here yet.
  ///
  /// - Returns: whether the visitor has not.
  @discardableResult
  mutating func add(hits: Int, seconds: Int, visitor: UInt32, visit: VisitMark?) -> Bool {
    pageviews += UInt32(hits)
    self.seconds += Int64(seconds)
    if let visit, lastVisit != visit.number {
      lastVisit = visit.number
      visits += 1
      if visit.isBounce { bounces += 1 }
    }
    if lastVisitor == visitor { return false }
    lastVisitor = visitor
    visitors += 1
    return true
  }

  /// Adds the counts of other visitors.
  mutating func add(_ other: Counts) {
    pageviews += UInt32(other.pageviews)
    visitors += UInt32(other.visitors)
    visits += UInt32(other.visits)
    bounces += UInt32(other.bounces)
    seconds += other.seconds
  }
}

/// A visit as counting marks it: its number within the day, from 1.
struct VisitMark {
  let number: UInt32
  let isBounce: Bool
}

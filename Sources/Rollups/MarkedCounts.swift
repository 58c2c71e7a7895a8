/// The counts of one key, with the last visitor and visit counted for it.
///
/// Since visitors come one after the other, this counts distinct visitors exactly and needs no set.
struct MarkedCounts {
  // Kept small, since a day may have millions of pages. It has fewer than 2³² hits.
  private var pageviews: UInt32 = 0
  private var visitors: UInt32 = 0
  private var visits: UInt32 = 0
  private var bounces: UInt32 = 0
  private var seconds: Int64 = 0
  private var lastVisitor: UInt32 = 0
  private var lastVisit: UInt32 = 0

  var counts: Counts {
    var counts = Counts()
    counts.pageviews = Int64(pageviews)
    counts.visitors = Int64(visitors)
    counts.visits = Int64(visits)
    counts.bounces = Int64(bounces)
    counts.seconds = seconds
    return counts
  }

  /// Adds hits and seconds, and the visitor and the visit if they were not counted here before. Both are numbered
  /// from 1.
  ///
  /// - Returns: whether the visitor was not counted here before.
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

/// A visit, by its number within the day, from 1.
struct VisitMark {
  let number: UInt32
  let isBounce: Bool
}

/// The counts of one key, with the last visit counted for it.
///
/// Since visitors come one after the other, this counts distinct visitors exactly and needs no set.
struct MarkedCounts {
  // Kept small, since a day may have millions of pages. It has fewer than 2³¹ hits.
  private var pageviews: UInt32 = 0
  private var visitors: UInt32 = 0
  private var visits: UInt32 = 0
  private var bounces: UInt32 = 0
  private var seconds: Int64 = 0
  private var seenLoading: UInt32 = 0
  /// The number of the last visit or, without one, of the last visitor.
  private var last: UInt32 = 0

  var counts: Counts {
    var counts = Counts()
    counts.pageviews = Int64(pageviews)
    counts.visitors = Int64(visitors)
    counts.visits = Int64(visits)
    counts.bounces = Int64(bounces)
    counts.seconds = seconds
    counts.seenLoading = Int64(seenLoading)
    return counts
  }

  /// Adds hits and seconds, and the visitor and the visit if they were not counted here before.
  ///
  /// - Returns: whether the visitor was not counted here before.
  @discardableResult
  mutating func add(hits: Int, seconds: Int, visitor: VisitorMark, visit: VisitMark?) -> Bool {
    pageviews += UInt32(hits)
    self.seconds += Int64(seconds)
    let isNew = last < visitor.number
    if let visit, last < visit.number {
      last = visit.number
      visits += 1
      if visit.isBounce { bounces += 1 }
    }
    guard isNew else { return false }
    if visit == nil { last = visitor.number }
    visitors += 1
    if visitor.loads { seenLoading += 1 }
    return true
  }

  /// Adds the counts of other visitors.
  mutating func add(_ other: Counts) {
    pageviews += UInt32(other.pageviews)
    visitors += UInt32(other.visitors)
    visits += UInt32(other.visits)
    bounces += UInt32(other.bounces)
    seconds += other.seconds
    seenLoading += UInt32(other.seenLoading ?? 0)
  }
}

/// A visitor, by its number within the day. Visitors and their visits are numbered together, from 1, so a visitor's number
/// is less than those of its visits.
struct VisitorMark {
  var number: UInt32
  /// Whether it was seen loading parts of pages.
  var loads: Bool
}

/// A visit, by its number within the day.
struct VisitMark {
  let number: UInt32
  let isBounce: Bool
}

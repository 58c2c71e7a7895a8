import Hits

/// Parts a visitor's hits of one day into visits, on the log's own clock.
public enum VisitSplitter {
  /// The longest gap within a visit, in seconds. Source of the rule: docs/counting.md, "Visit".
  public static let longestGap: Int32 = 1_800

  /// The visits of hits that are sorted by time and hold page views and events only.
  public static func visits(of hits: [TimedHit]) -> [Visit] {
    var visits: [Visit] = []
    var start = 0
    for index in hits.indices {
      let isLast = index + 1 == hits.count
      if isLast || hits[index + 1].second - hits[index].second > longestGap {
        visits.append(visit(hits, start..<index + 1))
        start = index + 1
      }
    }
    return visits
  }

  private static func visit(_ hits: [TimedHit], _ range: Range<Int>) -> Visit {
    let views = range.filter { hits[$0].kind == .pageview }
    return Visit(
      hits: range, pageviews: views.count,
      duration: Int(hits[range.upperBound - 1].second - hits[range.lowerBound].second), entry: views.first,
      exit: views.last)
  }
}

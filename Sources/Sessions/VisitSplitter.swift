import Hits

/// Splits a visitor's hits of one day into visits, on the log's own clock.
public enum VisitSplitter {
  /// The longest gap within a visit, in seconds. Source of the rule: docs/counting.md, "Visit".
  public static let longestGap: Int32 = 1_800

  /// Returns the visit that begins with a hit.
  ///
  /// - Parameters:
  ///   - hits: sorted by time; page views and events only.
  ///   - start: the index of a hit that does not continue a visit.
  public static func visit(of hits: [TimedHit], from start: Int) -> Visit {
    var visit = Visit(hits: start..<start, pageviews: 0, duration: 0)
    var end = start
    repeat {
      if hits[end].kind == .pageview {
        visit.pageviews += 1
        visit.entry = visit.entry ?? end
        visit.exit = end
      }
      end += 1
    } while end < hits.count && hits[end].second - hits[end - 1].second <= longestGap
    visit.hits = start..<end
    visit.duration = Int(hits[end - 1].second - hits[start].second)
    return visit
  }
}

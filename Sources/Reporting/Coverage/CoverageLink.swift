import Hits

/// A link from a report to the coverage page.
public struct CoverageLink {
  /// The address of the site's section on that page, relative to the report.
  let address: String
  /// The number of gaps of the site.
  let gaps: Int

  /// Creates the link for a site.
  ///
  /// - Parameter page: the address of the coverage page, relative to the report.
  public init(page: String, _ coverage: Coverage) {
    address = page + "#" + coverage.site.trackingID
    gaps = coverage.gaps.count
  }

  /// The text of the link.
  var text: String {
    let found = gaps == 0 ? "no gaps" : gaps == 1 ? "1 gap" : NumberText.grouped(gaps) + " gaps"
    return "Lines by hour: \(found)"
  }
}

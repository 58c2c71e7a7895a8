import Hits

/// The way from a report to the page of what was imported.
public struct CoverageLink {
  /// The address of the site's part of that page, relative to the report.
  let address: String
  /// How many gaps it has.
  let gaps: Int

  /// The link to a site.
  ///
  /// - Parameter page: the address of the page, relative to the report.
  public init(page: String, _ coverage: Coverage) {
    address = page + "#" + coverage.site.trackingID
    gaps = coverage.gaps.count
  }

  /// What it says.
  var text: String {
    let found = gaps == 0 ? "no gaps" : gaps == 1 ? "1 gap" : NumberText.grouped(gaps) + " gaps"
    return "Lines by hour: \(found)"
  }
}

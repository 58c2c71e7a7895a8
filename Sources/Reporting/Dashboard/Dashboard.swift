import Hits
import StatsStore

/// The live dashboard: pages made from the database on request, with the same parts as the HTML reports.
public struct Dashboard {
  private let builder: ReportBuilder
  private let outlines: CountryOutlines

  /// The content security policy of dashboard pages: ``PageAsset/livePolicy``, and no other page may frame them.
  public static let policy = PageAsset.livePolicy + "; frame-ancestors 'none'"

  /// Opens a database for reading; imports may run meanwhile.
  ///
  /// - Parameter outlines: the countries of the map.
  /// - Throws: ``StoreError``.
  public init(database: String, outlines: CountryOutlines) throws {
    self.outlines = outlines
    builder = try ReportBuilder(database: database)
  }

  /// Returns the page that a query asks for.
  ///
  /// - Parameters:
  ///   - only: the id of the only site that may be shown; nil for all.
  ///   - now: Unix seconds.
  /// - Throws: ``DashboardRefusal``, ``FilterRefusal``, ``ReportRefusal``, ``StoreError``, including
  ///   ``StoreError/noSuchSite(name:)`` for sites that may not be shown.
  public func page(_ asked: DashboardQuery, only: UInt32?, now: Int64) throws -> String {
    let sites = try builder.sites().filter { site in only.map { $0 == site.id } ?? true }
    guard let name = asked.site ?? (sites.count == 1 ? sites[0].host : nil) else {
      return try index(of: sites, asked, now)
    }
    guard let index = sites.firstIndex(where: { site in site.host == name }) else {
      throw StoreError.noSuchSite(name: name)
    }
    var query = asked
    query.site = name
    let report = try report(query, sites[index], now)
    let links = DashboardLinks(query: query, hosts: sites.map(\.host), days: report.days)
    var all = query
    all.site = nil
    all.filter = .all
    all.robot = nil
    return ReportPage.document(of: report, index: sites.count > 1 ? all.address : nil, outlines: outlines, links: links)
  }

  private func index(of sites: [SiteProfile], _ asked: DashboardQuery, _ now: Int64) throws -> String {
    var pages: [(report: Report, address: String)] = []
    for site in sites {
      var query = asked
      query.site = site.host
      pages.append((try report(query, site, now, hasPictures: false), query.address))
    }
    return IndexPage.document(of: pages)
  }

  private func report(
    _ query: DashboardQuery, _ site: SiteProfile, _ now: Int64, hasPictures: Bool = true
  ) throws -> Report {
    var options = query.options
    options.hasPictures = hasPictures
    return try builder.reports(options, now: now).first ?? Report(site: site)
  }
}

import Hits
import PageNames

/// The index of a site in the pipeline, and a moment on the site's own clock.
public typealias SiteMoment = (site: Int, moment: LocalMoment)

// Which site a line belongs to, and which local day.
extension Pipeline {
  /// Returns the site and local moment of a line; nil if the site is unknown.
  ///
  /// - Parameters:
  ///   - host: the host as logged; empty if the log has none.
  ///   - target: the target of the request.
  ///   - fileSite: the index of the site that the file's name identifies.
  /// - Throws: what creating a site throws.
  public mutating func locate(
    _ bytes: Span<UInt8>, host: Range<Int>, target: Range<Int>, fileSite: Int?, at instant: Int64
  ) throws -> SiteMoment? {
    let sites = findSite.sites.profiles.count
    guard let site = try findSite.sites.site(bytes, host: host, target: target, fileSite: fileSite) else { return nil }
    if findSite.sites.profiles.count > sites { addNewSites(from: sites) }
    return (site, findSite.sites.moment(ofSite: site, at: instant))
  }

  /// Returns the site and local moment of a request by its tracking id; nil if the site is unknown.
  public mutating func locate(
    trackingID bytes: Span<UInt8>, _ range: Range<Int>, at instant: Int64
  ) -> SiteMoment? {
    guard let site = findSite.sites.site(ofTrackingID: bytes, range) else { return nil }
    return (site, findSite.sites.moment(ofSite: site, at: instant))
  }

  /// Whether a host does not belong to the one site that all lines are for; false if there is no such site.
  public mutating func isForeign(_ bytes: Span<UInt8>, host: Range<Int>) throws -> Bool {
    try findSite.sites.isForeign(bytes, host: host)
  }

  /// Returns what gives the pages of a site their names.
  public func namer(ofSite site: Int) -> PageNamer { caches.pages.namer(ofSite: site) }

  /// Returns what tells whether a host in canonical form is a site's own.
  public func isHost(ofSite site: Int) -> (String) -> Bool { putSource.isHost(ofSite: site) }

  /// All known sites; those created during the run come last.
  public var sites: [SiteProfile] { findSite.sites.profiles }

  private mutating func addNewSites(from first: Int) {
    for profile in findSite.sites.profiles[first...] {
      putSource.add(profile)
      caches.pages.add(profile)
      putVisitor.add(siteID: profile.id)
    }
  }
}

import Collecting
import Foundation
import Hits
import PrivacyPipeline
import StatsStore

extension ImportSetup {
  /// Sets up the explanation of lines: what an import would do now, without writing anything.
  ///
  /// Sites, sealed days and geo files come from the database, if there is one, and from the configuration. If there
  /// are no sites, all lines belong to a single one.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(explaining options: ImportOptions) throws {
    let inputs = try ImportInputs(options)
    let isThere = FileManager.default.fileExists(atPath: options.database)
    let database = isThere ? try StatsStore(path: options.database, mode: .read) : nil
    let geo = try GeoFiles.open(options.geo, knownTo: database, for: inputs.suspects)
    let memory = try StatsStore(inMemoryAs: options.database)
    let sites = try Self.sites(explaining: options, try database?.sites() ?? [], memory)
    // Counting must know the sites that lines can belong to, and these alone.
    let counting = try StatsStore(inMemoryAs: options.database)
    for site in sites.profiles { try counting.adopt(site) }
    self.init(inMemory: counting, options, inputs, geo: geo, sites: sites)
  }

  /// Returns the requested site, known or not; without a request all known sites, or one site that takes all lines.
  private static func sites(
    explaining options: ImportOptions, _ known: [SiteProfile], _ memory: StatsStore
  ) throws -> SiteDirectory {
    let period = options.selection.period
    let all = try sites(known, and: options.sites, memory)
    if options.site == nil, !all.isEmpty { return SiteDirectory(all, period: period) }
    let host = options.site.map { HostName.canonical($0) } ?? "any site"
    if let site = all.first(where: { $0.hosts.contains(host) }) {
      return SiteDirectory([site], only: 0, period: period)
    }
    let zone = options.timeZone ?? "UTC"
    let calendar = try ImportFailure.calendar(named: zone)
    let site = SiteProfile(
      id: 1, trackingID: "", host: host, hosts: [host], timeZone: zone, calendar: calendar)
    return SiteDirectory([site], only: 0, period: period)
  }

  /// Returns the known sites, changed by the definitions, and the sites that the definitions create.
  private static func sites(
    _ known: [SiteProfile], and definitions: [SiteDefinition], _ memory: StatsStore
  ) throws -> [SiteProfile] {
    for site in known { try memory.adopt(site) }
    for site in definitions { _ = try SiteAdding(into: memory, byImport: false).add(site) }
    return try memory.sites().map { site in
      var site = site
      if let before = known.first(where: { $0.id == site.id }) {
        site.files += before.files
        site.paths += before.paths
        site.sealedDays = before.sealedDays
      }
      return site
    }
  }
}

import Collecting
import Foundation
import Hits
import Ledger
import PrivacyPipeline
import SaltVault
import Sealing
import StatsStore

/// Counts requests of the collect API as they arrive, many in one transaction. Imports may run at the same time.
///
/// The requests of a day are one import, so that they can be undone (`footfall undo`). They are not in the ledger,
/// because two equal requests are two page views; docs/decisions/0016-live-requests.md explains why. Use it from
/// one thread only.
public final class LiveCounting {
  /// What the list of imports shows instead of a file name and a format.
  private static let name = "collect API"
  private static let format = "requests"

  private let options: ImportOptions
  private let inputs: ImportInputs
  private let store: StatsStore
  private let geo: GeoFiles?
  /// The counter, which is valid until somebody else writes to the database; nil if a new one is needed.
  private var view: LiveCounter?
  private var importID: Int64?
  private var importDay: Int64 = 0
  private var file: Int64?

  /// Opens the database, which is created if it is missing, and everything that requests are judged by.
  ///
  /// - Parameter options: the options of an import without files.
  /// - Throws: ``ImportFailure``, ``StoreError``, ``VaultError``.
  public init(_ options: ImportOptions) throws {
    self.options = options
    inputs = try ImportInputs(options)
    store = try StatsStore(path: options.database, mode: .share(wait: options.wait))
    geo = try GeoFiles.open(options.geo, knownTo: store, for: inputs.suspects)
    let vault = try SaltVault(besideDatabase: options.database)
    try ImportSetup.check(LineHasher(key: try vault.ledgerKey()), store)
    // Compiles the rules now, so that no request waits for them.
    _ = inputs.agents.rules
    for site in options.sites { _ = try SiteAdding(into: store, byImport: false).add(site) }
  }

  /// Counts requests in one transaction, which is on disk when this returns.
  ///
  /// - Returns: the answer to each request.
  /// - Throws: ``StoreError``, ``VaultError``; none of the requests is counted then.
  public func count(_ requests: [LiveRequest]) throws -> [LiveAnswer] {
    do {
      return try store.exclusively {
        let now = Int64(Date().timeIntervalSince1970)
        try look(at: now)
        guard var view, let importID else { return [] }
        self.view = nil
        var part = ImportPart(importID: importID, file: file, name: Self.name, format: Self.format, now: now)
        part.isLast = true
        let answers = try view.count(requests, into: &part)
        if part.lines > 0 { file = try store.commit(part).file }
        self.view = view
        return answers
      }
    } catch {
      view = nil
      throw error
    }
  }

  /// Picks up what others have changed since the last commit: sites, sealed days, salts, the import itself.
  private func look(at now: Int64) throws {
    let version = try store.dataVersion()
    let isNewDay = now / 86_400 != importDay
    if view?.version == version, !isNewDay { return }
    store.forget()
    if try isNewDay || !isThere() {
      importID = try store.beginImport(version: options.version, site: nil, now: now)
      importDay = now / 86_400
      file = nil
    }
    let salts = VaultSalts(vault: try SaltVault(besideDatabase: options.database))
    let sites = SiteDirectory(try store.sites())
    view = LiveCounter(
      version: version, sites: sites, pipeline: Pipeline(inputs.environment(sites, geo, salts)),
      pageviews: { [store] in try store.pageviews(site: $0, days: $1) })
  }

  /// Returns whether the import still exists; somebody may have undone it.
  private func isThere() throws -> Bool {
    guard let importID else { return false }
    return try store.importRecord(importID) != nil
  }

  /// Does some of the work that imports do at their end: combines small commits, counts a dirty day again and, once
  /// no day is dirty, seals settled days. Does nothing while another command writes, which does the same.
  ///
  /// - Returns: whether a day was counted, so there may be more to do.
  public func maintain() throws -> Bool {
    try store.asOnlyWriter {
      try store.compactRuns()
      if try store.rebuildDirtyDays(limit: 1) > 0 { return true }
      let sealing = Sealing(store, try SaltVault(besideDatabase: options.database))
      try sealing.finish()
      if try !sealing.sealSettledDays(after: options.sealDelay).isEmpty {
        try sealing.finish()
        view = nil
      }
      return false
    } ?? false
  }

  /// Records today as a day on which tokens were used.
  public func noteUse(ofTokens ids: Set<Int64>) throws {
    try store.noteUse(ofTokens: ids, on: Int32(Date().timeIntervalSince1970 / 86_400))
  }
}

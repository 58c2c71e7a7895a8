import ByteScanning
import Collecting
import Foundation
import Hits
import Ledger
import LineRules
import LogInput
import PrivacyPipeline
import SaltVault
import Sealing
import StatsStore
import UserAgents

/// Everything an import needs before it reads the first line. Anything missing is reported before anything changes.
struct ImportSetup {
  let options: ImportOptions
  /// What lines are read and judged by.
  let inputs: ImportInputs
  /// The import to continue; nil for a new one.
  let continued: Int64?
  let store: StatsStore
  /// Seals days; nil if the import is only into memory.
  let sealing: Sealing?
  /// The days that were sealed before reading.
  let sealed: [SealedDay]
  let sites: SiteDirectory
  /// Creates sites for unknown hosts; nil if that is not requested.
  let maker: SiteMaking?
  /// The keyed hash of the rules that select lines; 0 if there are none. It does not reveal the rules, which
  /// may contain addresses.
  let selection: Int64
  /// Whether lines are compared with the ledger one by one, because other rules selected some of its lines: then
  /// those of a file are not consecutive in it.
  let comparesEachLine: Bool
  let hasher: LineHasher
  let environment: Pipeline.Environment
  /// The id of the site that all lines are for; nil if the log identifies the site of each line.
  var onlySite: UInt32? { sites.onlySite.map { sites.profiles[$0].id } }
  /// Where places are looked up; nil without geo files.
  let geo: GeoFiles?
  /// What earlier runs recorded about the files.
  let memory: FileResumption
  /// How each file is imported.
  let plans: [FileResumption.Plan]
  /// Receives what is counted, instead of store and ledger; nil for an import.
  var output: ((ImportPart) throws -> Void)?

  /// Checks the options and opens database, vault, rules and geo files.
  ///
  /// - Parameters:
  ///   - inputs: what lines are read and judged by; nil to load it by the options.
  ///   - continuing: an import to continue; nil for a new one.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(_ options: ImportOptions, inputs: ImportInputs? = nil, continuing: Int64? = nil) throws {
    self.options = options
    continued = continuing
    self.inputs = try inputs ?? ImportInputs(options)
    try Self.check(options, self.inputs)
    store = try StatsStore(path: options.database, mode: .write(wait: options.wait))
    geo = try GeoFiles.open(options.geo, rememberedBy: store, for: self.inputs.suspects)
    let vault = try SaltVault(besideDatabase: options.database)
    hasher = LineHasher(key: try vault.ledgerKey())
    try Self.check(hasher, store)
    let sealing = Sealing(store, vault)
    try sealing.finish()
    self.sealing = sealing
    sealed = try sealing.sealSettledDays(after: options.sealDelay)
    selection = Self.fingerprint(options.selection, hasher)
    comparesEachLine = try store.hasOpenLines(chosenOtherwiseThan: selection)
    for site in options.sites {
      _ = try SiteAdding(into: store, byImport: false).add(site)
    }
    maker = options.createsSites ? SiteMaking(store, timeZone: options.timeZone) : nil
    let sites = try Self.sites(options, store, maker)
    self.sites = sites
    environment = self.inputs.environment(sites, geo, VaultSalts(vault: vault))
    memory = FileResumption(options, selection: selection)
    plans = try memory.plans(for: self.inputs.files, store)
  }

  /// Sets up counting one day of one site in memory, with secrets that are never written down.
  ///
  /// - Parameters:
  ///   - options: what to read; their database is already open as `store`.
  ///   - site: the site; lines that name another host do not belong to it.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(counting day: Int32, of site: SiteProfile, _ options: ImportOptions, _ store: StatsStore) throws {
    let inputs = try ImportInputs(options)
    let memory = try StatsStore(inMemoryAs: options.database)
    let geo = try GeoFiles.open(options.geo, rememberedBy: store, for: inputs.suspects)
    var open = site
    open.sealedDays = []
    try memory.adopt(open)
    // All sites, so that hosts and paths identify the lines of other sites.
    let profiles = try store.sites().map { $0.id == open.id ? open : $0 }
    let sites = SiteDirectory(
      profiles, only: profiles.firstIndex { $0.id == open.id }, believesHosts: true, period: .day(day))
    self.init(inMemory: memory, options, inputs, geo: geo, sites: sites)
  }

  /// Refuses what would be refused later, before a database is created for it.
  private static func check(_ options: ImportOptions, _ inputs: ImportInputs) throws {
    guard !FileManager.default.fileExists(atPath: options.database) else { return }
    try AmbiguityCheck.check(inputs.files, inputs.reading)
    // Nothing else can be wrong with one site, and a database in memory takes as long to set up as one on disk.
    if options.site != nil, options.timeZone == nil, !options.createsSites { return }
    let memory = try StatsStore(inMemoryAs: options.database)
    for site in options.sites {
      _ = try SiteAdding(into: memory, byImport: false).add(site)
    }
    let maker = options.createsSites ? SiteMaking(memory, timeZone: options.timeZone) : nil
    let setup = ImportSetup(inMemory: memory, options, inputs, geo: nil, sites: try sites(options, memory, maker))
    try HostCheck.check(setup.allFiles, setup)
  }

  /// Refuses a database that has lost its vault: lines that it has counted would be new again.
  static func check(_ hasher: LineHasher, _ store: StatsStore) throws {
    guard try store.accepts(keyFingerprint: hasher.keyFingerprint) else {
      throw ImportFailure.failed(
        "\(store.path): the secrets in \(store.path).vault are not those it was created with; restore them, or seal its days with footfall seal --until DATE"
      )
    }
  }

  /// Returns the requested site, created if it is new, or all sites of the database.
  private static func sites(
    _ options: ImportOptions, _ store: StatsStore, _ maker: SiteMaking?
  ) throws -> SiteDirectory {
    if let host = options.site {
      guard maker == nil else {
        throw ImportFailure.usage("--site counts every line for one site; omit --create-sites or --site")
      }
      let site = try SiteAdding(into: store, byImport: true).add(
        SiteDefinition(host: host, timeZone: options.timeZone))
      return SiteDirectory([site], only: 0, period: options.selection.period)
    }
    guard options.timeZone == nil || maker != nil else {
      throw ImportFailure.usage("--timezone requires --site; for sites that the log names, see footfall sites add")
    }
    let sites = try store.sites()
    guard !sites.isEmpty || maker != nil else {
      if options.reading.readsRequests {
        throw ImportFailure.usage(
          "no site to collect for; footfall sites add example.com creates one and prints its tracking id")
      }
      throw ImportFailure.usage(
        "no site for these lines; name it with --site example.com; if the log names hosts, add their sites with footfall sites add, or create them with --create-sites"
      )
    }
    return SiteDirectory(sites, period: options.selection.period, maker: maker)
  }

  /// Returns the index of the site that a file's name identifies: by its name, or by its path if the pattern
  /// contains a slash. Of several patterns, the longest one applies.
  func site(ofFile path: String) -> Int? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let fitting = sites.profiles.enumerated().flatMap { index, site in site.files.map { (site: index, pattern: $0) } }
      .filter { Glob($0.pattern, ignoresCase: false).matches($0.pattern.contains("/") ? path : name) }
    return fitting.max { $0.pattern.count < $1.pattern.count }?.site
  }

  private static func fingerprint(_ selection: LineSelection, _ hasher: LineHasher) -> Int64 {
    guard !selection.signature.isEmpty else { return 0 }
    let text = Array(selection.signature.utf8)
    return Int64(bitPattern: hasher.hash(text.span, 0..<text.count))
  }
}

/// The vault as a source of salts.
struct VaultSalts: SaltSource {
  let vault: SaltVault

  func salt(forDay day: Int32) throws -> [UInt8] {
    try vault.salt(ofDay: DayName.name(day))
  }
}

/// A random salt for counting one day once; it is never stored.
struct PassingSalt: SaltSource {
  private let salt = (0..<32).map { _ in UInt8.random(in: .min ... .max) }

  func salt(forDay day: Int32) -> [UInt8] { salt }
}

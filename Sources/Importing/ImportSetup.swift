import Collecting
import Foundation
import Hits
import Ledger
import LogInput
import PrivacyPipeline
import SaltVault
import Sealing
import StatsStore
import UserAgents

/// Everything an import needs before it reads the first line; each missing thing is told before anything is changed.
struct ImportSetup {
  let options: ImportOptions
  /// The files to read, in the order given.
  let files: [String]
  /// Arguments that could not be expanded, as files with a problem.
  let unreadable: [ImportSummary.File]
  /// How lines are read.
  let reading: LineReading
  let store: StatsStore
  /// Seals days; nil where the import is into memory only.
  let sealing: Sealing?
  /// The days that were sealed before reading.
  let sealed: [SealedDay]
  let sites: SiteDirectory
  let hasher: LineHasher
  let surroundings: Pipeline.Surroundings
  /// The rules that make events of lines.
  let events: EventRules
  /// The ids of the sites that lines may be for.
  var siteIDs: Set<UInt32> { Set(sites.profiles.map(\.id)) }
  /// The id of the site that all lines are for; nil where the log tells.
  var onlySite: UInt32? { sites.onlySite.map { sites.profiles[$0].id } }
  /// Whether places are told.
  let hasGeo: Bool
  /// What is known of the files from earlier runs.
  let memory: FileMemory
  /// How each file is imported.
  let plans: [FileMemory.Plan]

  /// Checks the options, opens database, vault, rules and geo file.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(_ options: ImportOptions) throws {
    self.options = options
    reading = try LineReading(options.reading)
    events = try Self.events(options.events)
    let networks = try BotAddressFile.networks(options.botAddresses)
    (files, unreadable) = try Self.expand(options.paths)
    let rules = SharedRules(try RuleData(folder: options.rules.folder).rules(botRules: options.rules.botRules))
    let spam = try RuleData.referrerSpam(options.rules.referrerSpam)
    store = try StatsStore(path: options.database, mode: .write(wait: options.wait))
    let geo = try GeoFiles.open(options.geo, rememberedBy: store)
    hasGeo = geo != nil
    let vault = try SaltVault(besideDatabase: options.database)
    hasher = LineHasher(key: try vault.ledgerKey())
    try Self.check(hasher, store)
    let sealing = Sealing(store, vault)
    try sealing.finish()
    self.sealing = sealing
    sealed = try sealing.sealSettledDays(after: options.sealDelay)
    sites = try Self.sites(options, store)
    surroundings = Pipeline.Surroundings(
      sites: sites, agents: { rules.rules }, geo: geo, botNetworks: networks, salts: VaultSalts(vault: vault),
      referrerSpam: spam)
    memory = FileMemory(options)
    plans = try memory.plans(for: files, store)
  }

  /// Sets up the counting of one day of one site in memory, with secrets that are never written down.
  ///
  /// - Parameters:
  ///   - options: what is to be read; its database is opened as `store`.
  ///   - site: the site; lines that name another host are not its own.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(counting day: Int32, of site: SiteProfile, _ options: ImportOptions, _ store: StatsStore) throws {
    self.options = options
    reading = try LineReading(options.reading)
    events = try Self.events(options.events)
    let networks = try BotAddressFile.networks(options.botAddresses)
    (files, unreadable) = try Self.expand(options.paths)
    let rules = SharedRules(try RuleData(folder: options.rules.folder).rules(botRules: options.rules.botRules))
    let spam = try RuleData.referrerSpam(options.rules.referrerSpam)
    self.store = try StatsStore(inMemoryAs: options.database)
    let geo = try GeoFiles.open(options.geo, rememberedBy: store)
    hasGeo = geo != nil
    sealing = nil
    sealed = []
    var open = site
    open.sealedDays = []
    try self.store.adopt(open)
    hasher = LineHasher(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
    sites = SiteDirectory([open], only: 0, believesHosts: true, onlyDay: day)
    surroundings = Pipeline.Surroundings(
      sites: sites, agents: { rules.rules }, geo: geo, botNetworks: networks, salts: PassingSalt(),
      referrerSpam: spam)
    memory = FileMemory(options)
    plans = files.map { _ in .read(grownFrom: nil) }
  }

  /// Sets up the explanation of lines: as an import would go now, with nothing written anywhere.
  ///
  /// Sites, sealed days and geo files are those of the database, where there is one; else all lines are of one site.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(explaining options: ImportOptions) throws {
    self.options = options
    reading = try LineReading(options.reading)
    events = try Self.events(options.events)
    let networks = try BotAddressFile.networks(options.botAddresses)
    (files, unreadable) = try Self.expand(options.paths)
    let rules = SharedRules(try RuleData(folder: options.rules.folder).rules(botRules: options.rules.botRules))
    let spam = try RuleData.referrerSpam(options.rules.referrerSpam)
    let isThere = FileManager.default.fileExists(atPath: options.database)
    let database = isThere ? try StatsStore(path: options.database, mode: .read) : nil
    let geo = try GeoFiles.open(options.geo, knownTo: database)
    hasGeo = geo != nil
    store = try StatsStore(inMemoryAs: options.database)
    (sealing, sealed) = (nil, [])
    hasher = LineHasher(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
    sites = try Self.sites(explaining: options, database)
    surroundings = Pipeline.Surroundings(
      sites: sites, agents: { rules.rules }, geo: geo, botNetworks: networks, salts: PassingSalt(),
      referrerSpam: spam)
    memory = FileMemory(options)
    plans = files.map { _ in .read(grownFrom: nil) }
  }

  /// The site asked for, known or not, or all sites of a database, or one that takes all lines.
  private static func sites(explaining options: ImportOptions, _ database: StatsStore?) throws -> SiteDirectory {
    let known = try database?.sites() ?? []
    if options.site == nil, !known.isEmpty { return SiteDirectory(known) }
    let host = options.site.map { HostName.canonical($0) } ?? "any site"
    if let site = known.first(where: { $0.hosts.contains(host) }) { return SiteDirectory([site], only: 0) }
    let zone = options.timeZone ?? "UTC"
    guard let calendar = ZoneCalendar.calendar(named: zone) else {
      throw ImportFailure.usage("no time zone '\(zone)'; use an IANA name such as Europe/Berlin")
    }
    let site = SiteProfile(
      id: 1, trackingID: "", host: host, hosts: [host], timeZone: zone, calendar: calendar)
    return SiteDirectory([site], only: 0)
  }

  /// Refuses a database that has lost its vault: lines it has counted would be new.
  private static func check(_ hasher: LineHasher, _ store: StatsStore) throws {
    let text = Array("footfall".utf8)
    guard try store.accepts(keyFingerprint: hasher.hash(text.span, 0..<text.count)) else {
      throw ImportFailure.failed(
        "\(store.path): the secrets in \(store.path).vault are not those it was made with; bring them back, or seal its days with footfall seal --until DATE"
      )
    }
  }

  private static func events(_ texts: [String]) throws -> EventRules {
    do {
      return EventRules(try texts.map { try EventRule($0) })
    } catch let error as EventRuleError {
      throw ImportFailure.usage(error.description)
    }
  }

  private static func expand(_ paths: [String]) throws -> ([String], [ImportSummary.File]) {
    var files: [String] = []
    var unreadable: [ImportSummary.File] = []
    for path in paths {
      do {
        files += try InputPath.files(of: path)
      } catch {
        unreadable.append(ImportSummary.File(name: path, problem: error.reason))
      }
    }
    guard !files.isEmpty else {
      throw ImportFailure.failed(unreadable.compactMap(\.complaint).joined(separator: "\n"))
    }
    return (files, unreadable)
  }

  /// The site asked for, made where it is new, or all sites of the database.
  private static func sites(_ options: ImportOptions, _ store: StatsStore) throws -> SiteDirectory {
    if let host = options.site {
      let site = try SiteAdding(forImportInto: store).add(host: host, timeZone: options.timeZone)
      return SiteDirectory([site], only: 0)
    }
    guard options.timeZone == nil else {
      throw ImportFailure.usage("--timezone goes with --site; see footfall sites add for sites told by the log")
    }
    let sites = try store.sites()
    guard !sites.isEmpty else {
      throw ImportFailure.usage(
        "which site are these lines of? name it with --site example.com, or add the sites of a log that tells its hosts with footfall sites add"
      )
    }
    return SiteDirectory(sites)
  }
}

/// The vault as the pipeline sees it.
struct VaultSalts: SaltSource {
  let vault: SaltVault

  func salt(forDay day: Int32) throws -> [UInt8] {
    try vault.salt(ofDay: DayName.name(day))
  }
}

/// A salt for one counting of one day, gone with it.
struct PassingSalt: SaltSource {
  private let salt = (0..<32).map { _ in UInt8.random(in: .min ... .max) }

  func salt(forDay day: Int32) -> [UInt8] { salt }
}

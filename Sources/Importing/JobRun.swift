import Hits
import Ledger
import PrivacyPipeline
import StatsStore

/// The secrets of counting that is spread over many processes: all of them make the same visitors and line hashes of the
/// same lines.
public struct JobSecrets: SaltSource {
  /// The key of the ledger's line hashes.
  public let ledgerKey: (UInt64, UInt64)
  private let makeSalt: @Sendable (Int32) -> [UInt8]

  /// Bundles the secrets.
  ///
  /// - Parameter salt: the 32 bytes of a day (days since 1970-01-01), the same whenever it is asked.
  public init(ledgerKey: (UInt64, UInt64), salt: @escaping @Sendable (Int32) -> [UInt8]) {
    self.ledgerKey = ledgerKey
    makeSalt = salt
  }

  /// The salt of a day.
  public func salt(forDay day: Int32) -> [UInt8] { makeSalt(day) }
}

/// Counts logs apart from any database, by the rules of an import, and hands out what an import would keep.
public struct JobRun {
  private let options: ImportOptions
  private let sites: [SiteProfile]
  private let takesAll: Bool
  private let secrets: JobSecrets

  /// A run over some files.
  ///
  /// - Parameters:
  ///   - options: what is to be read, and how; its database and site are not looked at.
  ///   - sites: the sites that lines may be for; nothing of them is sealed.
  ///   - takesAll: whether every line is for the first site; else the log tells.
  public init(_ options: ImportOptions, sites: [SiteProfile], takesAll: Bool, secrets: JobSecrets) {
    self.options = options
    self.sites = sites
    self.takesAll = takesAll
    self.secrets = secrets
  }

  /// Reads all files and counts them.
  ///
  /// - Parameters:
  ///   - onPart: takes the lines of each file in order, some at a time; all of them are new.
  ///   - onProblem: told of each file that could not be read whole.
  /// - Throws: ``ImportFailure``, and what `onPart` throws.
  public func run(
    onPart: @escaping (ImportPart) throws -> Void, onProblem: @escaping (String) -> Void
  ) throws -> ImportSummary {
    let directory = SiteDirectory(sites, only: takesAll ? 0 : nil, period: options.selection.period)
    var setup = try ImportSetup(options, for: directory, by: secrets)
    setup.output = onPart
    var summary = ImportSummary()
    summary.id = try setup.store.beginImport(version: options.version, site: nil, now: 0)
    summary.files = setup.inputs.unreadable
    setup.inputs.unreadable.compactMap(\.complaint).forEach(onProblem)
    let files = setup.inputs.files.enumerated().map { LogFile(index: $0.offset, path: $0.element, earlier: nil) }
    var committer = ImportCommitter(
      files, setup: setup, importID: summary.id, onProblem: onProblem, onProgress: { _ in })
    try committer.run()
    summary.files += files.compactMap { committer.summaries[$0.index] }
    return summary
  }
}

extension ImportSetup {
  /// Sets up counting apart from any database, by secrets that are handed in.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``.
  fileprivate init(_ options: ImportOptions, for sites: SiteDirectory, by secrets: JobSecrets) throws {
    self.options = options
    let inputs = try ImportInputs(options)
    self.inputs = inputs
    let agents = inputs.agents
    let geo = try GeoFiles.open(options.geo, knownTo: nil)
    hasGeo = geo != nil
    store = try StatsStore(inMemoryAs: "job")
    (sealing, sealed, maker) = (nil, [], nil)
    (selection, comparesEachLine) = (0, false)
    hasher = LineHasher(key: secrets.ledgerKey)
    self.sites = sites
    surroundings = Pipeline.Surroundings(
      sites: sites, agents: { agents.rules }, geo: geo, botNetworks: inputs.networks, salts: secrets,
      referrerSpam: inputs.spam)
    memory = FileMemory(options, selection: selection)
    plans = inputs.files.map { _ in .read(grownFrom: nil) }
  }
}

import Hits
import Ledger
import PrivacyPipeline
import StatsStore

/// The secrets of a count that is spread over many processes. With them, all processes compute the same visitors
/// and line hashes from the same lines.
public struct JobSecrets: SaltSource {
  /// The key of the ledger's line hashes.
  public let ledgerKey: (UInt64, UInt64)
  private let makeSalt: @Sendable (Int32) -> [UInt8]

  /// Bundles the secrets.
  ///
  /// - Parameter salt: returns the 32-byte salt of a day (days since 1970-01-01), the same one on every call.
  public init(ledgerKey: (UInt64, UInt64), salt: @escaping @Sendable (Int32) -> [UInt8]) {
    self.ledgerKey = ledgerKey
    makeSalt = salt
  }

  /// The salt of a day.
  public func salt(forDay day: Int32) -> [UInt8] { makeSalt(day) }
}

/// Counts logs without a database, by the rules of an import, and passes on what an import would store.
public struct JobRun {
  private let options: ImportOptions
  private let sites: [SiteProfile]
  private let takesAll: Bool
  private let secrets: JobSecrets

  /// Creates a run over some files.
  ///
  /// - Parameters:
  ///   - options: what to read, and how; their database and site are ignored.
  ///   - sites: the sites that lines may belong to; none of their days is sealed.
  ///   - takesAll: whether every line is for the first site; otherwise the log identifies the site of each line.
  public init(_ options: ImportOptions, sites: [SiteProfile], takesAll: Bool, secrets: JobSecrets) {
    self.options = options
    self.sites = sites
    self.takesAll = takesAll
    self.secrets = secrets
  }

  /// Reads all files and counts them.
  ///
  /// - Parameters:
  ///   - onPart: receives the lines of each file in order, some at a time; all of them are new.
  ///   - onProblem: called for each file that could not be read completely.
  /// - Throws: ``ImportFailure``, and the errors of `onPart`.
  public func run(
    onPart: @escaping (ImportPart) throws -> Void, onProblem: @escaping (String) -> Void
  ) throws -> ImportSummary {
    let directory = SiteDirectory(sites, only: takesAll ? 0 : nil, period: options.selection.period)
    let inputs = try ImportInputs(options)
    let geo = try GeoFiles.open(options.geo, knownTo: nil, for: inputs.suspects)
    var setup = ImportSetup(
      inMemory: try StatsStore(inMemoryAs: "job"), options, inputs, geo: geo, sites: directory,
      hasher: LineHasher(key: secrets.ledgerKey), salts: secrets)
    setup.output = onPart
    return try setup.countAll(site: nil, now: 0, onProblem: onProblem, onProgress: { _ in })
  }
}

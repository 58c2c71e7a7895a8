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
    let inputs = try ImportInputs(options)
    let geo = try GeoFiles.open(options.geo, knownTo: nil)
    var setup = ImportSetup(
      inMemory: try StatsStore(inMemoryAs: "job"), options, inputs, geo: geo, sites: directory,
      hasher: LineHasher(key: secrets.ledgerKey), salts: secrets)
    setup.output = onPart
    return try setup.countAll(site: nil, now: 0, onProblem: onProblem, onProgress: { _ in })
  }
}

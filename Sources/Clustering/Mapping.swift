import ByteScanning
import Crypto
import Ledger
import Hits
import Importing
import Sealing
import StatsStore

/// The first step of a job: turns log lines into lines of hits and books. They contain no addresses, user agents or
/// other raw values.
public struct Mapping {
  private let options: ImportOptions
  private let key: JobKey
  private let sites: [SiteProfile]
  private let name: String?

  /// Creates a run over some files or standard input.
  ///
  /// - Parameters:
  ///   - options: what to read, and how; their database and site are ignored.
  ///   - name: the name of standard input in the books; nil for `-`.
  /// - Throws: ``ImportFailure``.
  public init(_ options: ImportOptions, key: JobKey, name: String?) throws {
    self.options = options
    self.key = key
    self.name = name
    sites = try key.sites()
  }

  /// Writes the hits of all lines, and the books. If the run fails or is stopped, the end of the books is missing,
  /// and the merge refuses the job.
  ///
  /// - Parameter onProblem: called for each file that could not be read completely.
  /// - Throws: ``ImportFailure``; ``Refusal`` if a file could not be read completely.
  public func run(to output: LineOutput, onProblem: @escaping (String) -> Void) throws {
    var sum = StreamSum()
    var books = RunManifest(sites)
    var hits = HitLines(sites)
    try books.write(.begin, try head(), to: output, &sum)
    try output.flush()
    let run = JobRun(options, sites: sites, takesAll: key.takesAll, secrets: key.secrets)
    let summary = try run.run(
      onPart: { part in
        var part = part
        part.name = named(part.name)
        for slice in part.hits { try hits.write(slice, to: output, &sum) }
        try books.add(part, to: output, &sum)
      }, onProblem: onProblem)
    guard !summary.isIncomplete else {
      throw Refusal.failed("the job failed, because some input could not be read completely; repair or omit it")
    }
    try books.endFile(output, &sum)
    for file in summary.files where !books.names.contains(named(file.name)) {
      try books.beginFile(named(file.name), format: file.format ?? "", to: output, &sum)
    }
    let told = sum
    try books.write(.end, told.columns, to: output, &sum)
    try output.flush()
  }

  private func named(_ file: String) -> String {
    file == "-" ? name ?? file : file
  }

  /// Returns what must be the same in all runs of a job: versions, job, ledger, rules for user agents.
  private func head() throws -> [String] {
    let revisions = try RuleData(folder: options.rules.folder).revisions().joined(separator: "\n")
    return [
      StreamVersion.tag, options.version, key.fingerprint,
      HexDigits.text(LineHasher(key: key.secrets.ledgerKey).keyFingerprint),
      HexDigits.text(SHA256.hash(data: Array(revisions.utf8)).prefix(8)),
    ]
  }
}

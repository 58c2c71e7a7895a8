import Foundation
import Ledger
import PrivacyPipeline
import StatsStore

/// Counting that stores nothing on disk.
extension ImportSetup {
  /// Sets up counting into a database in memory: all files are read, and all lines are new.
  ///
  /// - Parameters:
  ///   - store: the database in memory.
  ///   - hasher: computes line hashes; by default with a random key that is never stored.
  ///   - salts: the source of salts; by default a random salt that is never stored.
  init(
    inMemory store: StatsStore, _ options: ImportOptions, _ inputs: ImportInputs, geo: GeoFiles?, sites: SiteDirectory,
    hasher: LineHasher = LineHasher(key: (.random(in: .min ... .max), .random(in: .min ... .max))),
    salts: any SaltSource = PassingSalt()
  ) {
    self.options = options
    self.inputs = inputs
    self.store = store
    self.sites = sites
    self.hasher = hasher
    self.geo = geo
    (sealing, sealed, maker, continued) = (nil, [], nil, nil)
    (selection, comparesEachLine) = (0, false)
    environment = inputs.environment(sites, geo, salts)
    memory = FileResumption(options, selection: selection)
    plans = inputs.files.map { _ in .read(grownFrom: nil) }
  }

  /// All files, as if none of them was read before.
  var allFiles: [LogFile] {
    inputs.files.enumerated().map {
      LogFile(index: $0.offset, path: $0.element, earlier: nil, site: site(ofFile: $0.element))
    }
  }

  /// Reads and counts all files, regardless of what is known about them.
  ///
  /// - Parameters:
  ///   - site: the id of the site that the lines are for; nil if the log identifies it.
  ///   - now: the time in Unix seconds.
  func countAll(
    site: UInt32?, now: Int64, onProblem: @escaping (String) -> Void,
    onProgress: @escaping (ImportProgress) -> Void
  ) throws -> ImportSummary {
    var summary = ImportSummary()
    summary.id = try store.beginImport(version: options.version, site: site, selection: selection, now: now)
    summary.files = inputs.unreadable
    inputs.unreadable.compactMap(\.complaint).forEach(onProblem)
    let files = allFiles
    var committer = try ImportCommitter(
      files, setup: self, importID: summary.id, shouldStop: { false }, onProblem: onProblem, onProgress: onProgress)
    try committer.run()
    summary.files += files.compactMap { committer.summaries[$0.index] }
    summary.silentGeoFiles = geo?.silentFiles ?? []
    return summary
  }
}

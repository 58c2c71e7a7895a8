import AccessLog
import Foundation
import Hits
import Ledger
import LogInput
import Sealing
import StatsStore
import Synchronization

/// Imports logs. Readers pass chunks of parsed lines to the counter, and the counter passes its results to this
/// thread. Only this thread queries the ledger and writes. docs/architecture.md has a diagram.
public struct ImportRun {
  private let setup: ImportSetup
  /// Whether the import is refused if a file does not identify the sites of its lines. Otherwise, that file is skipped.
  private let checksHosts: Bool

  /// Checks the options and opens everything an import needs.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``, before anything is read.
  public init(_ options: ImportOptions) throws {
    setup = try ImportSetup(options)
    checksHosts = true
  }

  /// Prepares an import whose inputs are loaded already; it may continue an earlier import.
  ///
  /// - Parameter checksHosts: whether it is refused if a file does not identify the sites of its lines.
  /// - Throws: ``ImportFailure``, ``StoreError``, before anything is read.
  init(_ options: ImportOptions, inputs: ImportInputs, continuing: Int64?, checksHosts: Bool) throws {
    setup = try ImportSetup(options, inputs: inputs, continuing: continuing)
    self.checksHosts = checksHosts
  }

  /// Whether any file may have changed since it was last read.
  var hasFilesToRead: Bool {
    setup.plans.contains { if case .read = $0 { true } else { false } }
  }

  /// Reads all files and counts them.
  ///
  /// - Parameters:
  ///   - shouldStop: called between transactions; returns whether to leave the rest to another import.
  ///   - onProblem: called for each file that could not be read completely, as soon as that happens.
  ///   - onProgress: called often with the progress of the import.
  /// - Throws: ``ImportFailure``, ``StoreError``. What was already committed stays and is complete in itself;
  ///   running the same import again continues from there.
  public func run(
    shouldStop: @escaping () -> Bool = { false }, onProblem: @escaping (String) -> Void,
    onProgress: @escaping (ImportProgress) -> Void
  ) throws -> ImportSummary {
    var summary = ImportSummary()
    summary.files = setup.inputs.unreadable
    summary.isOfRequests = setup.options.reading.readsRequests
    setup.inputs.unreadable.compactMap(\.complaint).forEach(onProblem)
    let (changed, unchanged) = filesByPlan()
    if checksHosts { try HostCheck.check(changed, setup) }
    let now = Int64(Date().timeIntervalSince1970)
    summary.id =
      try setup.continued.flatMap { try setup.store.continueImport($0) }
      ?? setup.store.beginImport(
        version: setup.options.version, site: setup.onlySite, selection: setup.selection, now: now)
    for file in setup.inputs.unreadable {
      guard let problem = file.problem else { continue }
      try setup.store.noteProblem(problem, ofFile: nil, name: file.name, format: "", import: summary.id)
    }
    summary.remarks += setup.inputs.skipped.map(\.text)
    if setup.geo == nil, setup.options.geo.isEmpty {
      summary.remarks.append("places are unknown without a geo file (--geo), which applies to new lines only")
    }
    var files = try keep(unchanged, importID: summary.id)
    if !changed.isEmpty {
      var committer = try ImportCommitter(
        changed, setup: setup, importID: summary.id, shouldStop: shouldStop, onProblem: onProblem,
        onProgress: onProgress)
      try committer.run()
      files.merge(committer.summaries) { $1 }
      summary.unknownHosts = committer.unknownHosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { ($0.key, $0.value) }
      try setup.store.remember(committer.cached)
      if let made = setup.maker?.hosts, !made.isEmpty {
        summary.remarks.append(
          "created \(made.count == 1 ? "a site" : "\(made.count) sites"): \(made.joined(separator: " "))")
      }
    }
    summary.files += setup.inputs.files.indices.compactMap { files[$0] }
    summary.silentGeoFiles = setup.geo?.silentFiles ?? []
    // A continued import adds a day in many small commits.
    if setup.continued != nil { try setup.store.compactRuns() }
    summary.daysRebuilt = try setup.store.rebuildDirtyDays { day in
      onProgress(
        ImportProgress(
          lines: summary.outcomes.total, bytes: 0, totalBytes: nil, stage: "counting \(DayName.name(day))"))
    }
    try setup.store.finishImport(summary.id, now: Int64(Date().timeIntervalSince1970))
    try seal(&summary)
    return summary
  }

  /// Seals the days that are settled now, or all days that are over if the options ask for it.
  private func seal(_ summary: inout ImportSummary) throws {
    guard let sealing = setup.sealing else { return }
    summary.sealed = setup.sealed
    if setup.options.sealsAtOnce {
      summary.sealed += try sealing.sealDaysThatAreOver(
        ofSites: try setup.onlySite.map { [$0] } ?? Set(setup.store.sites().map(\.id)),
        now: Int64(Date().timeIntervalSince1970))
    }
    summary.sealed += try sealing.sealSettledDays(after: setup.options.sealDelay)
    if try !sealing.finish() { summary.remarks.append(Sealing.heldUp) }
  }

  /// Returns the files that have to be read, and the others by their index.
  private func filesByPlan() -> (changed: [LogFile], unchanged: [Int: CachedFile]) {
    var changed: [LogFile] = []
    var unchanged: [Int: CachedFile] = [:]
    for (index, plan) in setup.plans.enumerated() {
      switch plan {
      case .read(let earlier):
        changed.append(
          LogFile(
            index: index, path: setup.inputs.files[index], earlier: earlier,
            site: setup.site(ofFile: setup.inputs.files[index])))
      case .unchanged(let file): unchanged[index] = file
      }
    }
    return (changed, unchanged)
  }

  /// Adds files that need not be read to the books.
  private func keep(_ unchanged: [Int: CachedFile], importID: Int64) throws -> [Int: ImportSummary.File] {
    var parts: [ImportPart] = []
    for (index, file) in unchanged.sorted(by: { $0.key < $1.key }) where !file.lines.isEmpty {
      var part = ImportPart(
        importID: importID, file: nil, name: setup.inputs.files[index], format: file.format ?? "",
        now: Int64(Date().timeIntervalSince1970))
      part.lines = file.lines.values.reduce(0, +)
      part.outcomes = file.lines
      parts.append(part)
    }
    if !parts.isEmpty { try setup.store.commit(unchanged: parts) }
    return Dictionary(
      uniqueKeysWithValues: unchanged.map { index, file in
        let isTailRead = setup.options.takesPartialTail
        return (index, ImportSummary.File(unchanged: file, name: setup.inputs.files[index], isTailRead: isTailRead))
      })
  }
}

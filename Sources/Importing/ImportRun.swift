import AccessLog
import Foundation
import Hits
import Ledger
import LogInput
import Sealing
import StatsStore
import Synchronization

/// Imports logs: readers hand chunks to workers, workers hand what they counted to this thread, which alone asks the ledger
/// and writes. docs/architecture.md draws it.
public struct ImportRun {
  private let setup: ImportSetup

  /// Checks options and opens everything an import needs.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``; then nothing has been read.
  public init(_ options: ImportOptions) throws {
    setup = try ImportSetup(options)
  }

  /// Reads all files and counts them.
  ///
  /// - Parameters:
  ///   - onProblem: told of each file that could not be read whole, as it happens.
  ///   - onProgress: told how far the import is, often.
  /// - Throws: ``ImportFailure``, ``StoreError``. What was committed before stays and is complete in itself; the same
  ///   import run again goes on from there.
  public func run(
    onProblem: @escaping (String) -> Void, onProgress: @escaping (ImportProgress) -> Void
  ) throws -> ImportSummary {
    var summary = ImportSummary()
    summary.files = setup.unreadable
    for file in setup.unreadable { onProblem("\(file.name): \(file.problem ?? "")") }
    let now = Int64(Date().timeIntervalSince1970)
    summary.id = try setup.store.beginImport(version: setup.options.version, site: setup.onlySite, now: now)
    if !setup.hasGeo, setup.options.geo == nil {
      summary.remarks.append("places are unknown without a geo file (--geo)")
    }
    var reader = ImportCommitter(setup: setup, importID: summary.id, onProblem: onProblem, onProgress: onProgress)
    try reader.run()
    summary.files += reader.files
    summary.unknownHosts = reader.unknownHosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
    summary.daysRebuilt = try setup.store.rebuildDirtyDays { day in
      onProgress(
        ImportProgress(
          lines: summary.outcomes.total, bytes: 0, totalBytes: nil, stage: "counting \(DayName.name(day))"))
    }
    try setup.store.finishImport(summary.id, now: Int64(Date().timeIntervalSince1970))
    try seal(&summary)
    return summary
  }

  /// Seals the days that are settled now, or all that are over where that is asked for.
  private func seal(_ summary: inout ImportSummary) throws {
    guard let sealing = setup.sealing else { return }
    summary.sealed = setup.sealed
    if setup.options.sealsAtOnce {
      summary.sealed += try sealing.sealDaysThatAreOver(
        ofSites: setup.siteIDs, now: Int64(Date().timeIntervalSince1970))
    }
    summary.sealed += try sealing.sealSettledDays(after: setup.options.sealDelay)
    if try !sealing.finish() { summary.remarks.append(Sealing.heldUp) }
  }
}

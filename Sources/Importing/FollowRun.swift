import Foundation
import Hits
import LogInput
import StatsStore

/// Imports files repeatedly, each time one of them grows, appears or changes.
///
/// A round reads only files that have changed since the last round, and writes nothing if there are none. What it
/// counts is determined by the content of the files, as in every import, so log rotation, a kill or a missed round
/// change nothing. The rounds of one day (in UTC) are one import, as the live requests of a day are. The database
/// is open only during a round. Use it from one thread only.
public final class FollowRun {
  private var options: ImportOptions
  private var inputs: ImportInputs
  private let finder: LogFinder
  private let onProblem: (String) -> Void
  /// The facts of each file right before it was last imported.
  private var imported: [String: FileFacts] = [:]
  /// The files whose problem has been reported.
  private var troubled: Set<String> = []
  /// The number of consecutive rounds without anything to read, by argument or file.
  private var missed: [String: Int] = [:]
  private var isFirst = true
  /// The folders whose skipped files have been reported.
  private var toldFolders: Set<String> = []
  /// The import of the day's rounds.
  private var current: (id: Int64, day: Int64)?

  /// Checks the options and reads rules and lists, once for all rounds.
  ///
  /// - Parameter onProblem: called with the problem of an argument or a file: once, until the problem is gone. A
  ///   file that is missing for a single round, as during log rotation, is not a problem.
  /// - Throws: ``ImportFailure``.
  public init(_ options: ImportOptions, onProblem: @escaping (String) -> Void) throws {
    self.options = options
    self.onProblem = onProblem
    var none = options
    none.paths = []
    inputs = try ImportInputs(none)
    finder = LogFinder(content: ContentSniffer(inputs.reading).content)
  }

  /// Imports the files that have changed.
  ///
  /// - Parameters:
  ///   - shouldStop: called between transactions; returns whether to leave the rest to another run.
  ///   - onProgress: called often with the progress of the round.
  /// - Returns: what the round did; nil if nothing has changed, another command writes, or it was stopped.
  /// - Throws: ``ImportFailure``, ``StoreError``. What was already committed stays.
  public func round(
    shouldStop: @escaping () -> Bool, onProgress: @escaping (ImportProgress) -> Void
  ) throws -> ImportSummary? {
    let files = find()
    // A file that appears later does not end the run.
    let checksHosts = isFirst
    isFirst = false
    inputs.files = files.filter { imported[$0.path] != $0.facts }.map(\.path)
    guard !inputs.files.isEmpty else { return nil }
    let day = Int64(Date().timeIntervalSince1970) / 86_400
    if current?.day != day { current = nil }
    do {
      let run = try ImportRun(options, inputs: inputs, continuing: current?.id, checksHosts: checksHosts)
      let summary =
        run.hasFilesToRead
        ? try run.run(shouldStop: shouldStop, onProblem: { _ in }, onProgress: onProgress) : nil
      imported = Dictionary(files.map { ($0.path, $0.facts) }) { $1 }
      guard let summary else { return nil }
      options.addsToRejects = true
      current = (summary.id, day)
      toldFolders.formUnion(inputs.skipped.map(\.folder))
      tell(summary.files)
      return summary
    } catch StoreError.locked {
      return nil
    } catch is ImportStopped {
      return nil
    }
  }

  /// Finds the files that the arguments match now.
  private func find() -> [(path: String, facts: FileFacts)] {
    var files: [(path: String, facts: FileFacts)] = []
    var seen: Set<String> = []
    inputs.skipped = []
    for path in options.paths {
      do {
        let found = try finder.files(of: path)
        inputs.skipped += found.skipped.filter { !toldFolders.contains($0.folder) }
        for file in found.files where seen.insert(file).inserted {
          if let facts = FileFacts(path: file) {
            files.append((file, facts))
            missed[file] = nil
          } else {
            miss(file, "not a regular file, or removed since it was found")
          }
        }
        missed[path] = nil
      } catch {
        miss(path, error.reason)
      }
    }
    return files
  }

  /// Notes that there is nothing to read. Reports it the second time in a row, or at once in the first round.
  private func miss(_ path: String, _ reason: String) {
    missed[path, default: isFirst ? 1 : 0] += 1
    if missed[path] == 2 { onProblem("\(path): \(reason); waiting for it") }
  }

  /// Reports problems with files. A file that vanished between being found and being read is left for the next
  /// round to find or miss.
  private func tell(_ files: [ImportSummary.File]) {
    for file in files where !file.isMissing {
      guard let complaint = file.complaint else {
        troubled.remove(file.name)
        continue
      }
      if troubled.insert(file.name).inserted { onProblem(complaint) }
    }
  }
}

/// The import was asked to stop. What was committed stays; running the same import again continues from there.
struct ImportStopped: Error {}

extension ImportSummary {
  /// The number of lines that no earlier import had counted or examined.
  public var newLines: Int {
    outcomes.present.reduce(0) { sum, entry in
      entry.outcome.isNewInItsDay && entry.outcome != .malformedTooLong ? sum + entry.lines : sum
    }
  }
}

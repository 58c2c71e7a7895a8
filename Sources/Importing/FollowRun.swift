import Foundation
import Hits
import LogInput
import StatsStore

/// Imports files again and again, whenever one of them has grown, appeared or changed.
///
/// A round reads nothing but files that are not what they were when the last one looked at them, and writes nothing where
/// there is none. What it counts is found out from the content of files as in every import, so that rotation, a kill or a
/// round that was missed change nothing. The rounds of a day (of UTC) are one import, as the live requests of one are.
/// The database is open during a round only. For one thread.
public final class FollowRun {
  private var options: ImportOptions
  private var inputs: ImportInputs
  private let finder: LogFinder
  private let onProblem: (String) -> Void
  /// What files were right before they were last imported.
  private var imported: [String: FileFacts] = [:]
  /// The files that something is wrong with, which was told.
  private var troubled: Set<String> = []
  /// In how many rounds without a break there was nothing to read, by argument or file.
  private var missed: [String: Int] = [:]
  private var isFirst = true
  /// The folders of which it was told what is left out.
  private var toldFolders: Set<String> = []
  /// The import of the rounds of a day.
  private var current: (id: Int64, day: Int64)?

  /// Checks the options and reads rules and lists, once for all rounds.
  ///
  /// - Parameter onProblem: told what is wrong with an argument or a file: once, until it has been right again. A file that
  ///   is gone for one round only, as rotation leaves it, is nothing wrong.
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
  ///   - shouldStop: asked between transactions whether to leave the rest to another run.
  ///   - onProgress: told how far the round is, often.
  /// - Returns: what the round did; nil where nothing has changed, another command writes, or it was stopped.
  /// - Throws: ``ImportFailure``, ``StoreError``. What was committed before stays.
  public func round(
    shouldStop: @escaping () -> Bool, onProgress: @escaping (ImportProgress) -> Void
  ) throws -> ImportSummary? {
    let files = find()
    isFirst = false
    inputs.files = files.filter { imported[$0.path] != $0.facts }.map(\.path)
    guard !inputs.files.isEmpty else { return nil }
    let day = Int64(Date().timeIntervalSince1970) / 86_400
    if current?.day != day { current = nil }
    do {
      let run = try ImportRun(options, inputs: inputs, continuing: current?.id)
      let summary =
        run.hasFilesToRead
        ? try run.run(shouldStop: shouldStop, onProblem: { _ in }, onProgress: onProgress) : nil
      imported = Dictionary(files.map { ($0.path, $0.facts) }) { $1 }
      guard let summary else { return nil }
      options.addsToRejects = true
      current = (summary.id, day)
      toldFolders.formUnion(inputs.leftOut.map(\.folder))
      tell(summary.files)
      return summary
    } catch StoreError.locked {
      return nil
    } catch is ImportStopped {
      return nil
    }
  }

  /// The files that the arguments mean now.
  private func find() -> [(path: String, facts: FileFacts)] {
    var files: [(path: String, facts: FileFacts)] = []
    var seen: Set<String> = []
    inputs.leftOut = []
    for path in options.paths {
      do {
        let found = try finder.files(of: path)
        inputs.leftOut += found.leftOut.filter { !toldFolders.contains($0.folder) }
        for file in found.files where seen.insert(file).inserted {
          if let facts = FileFacts(path: file) {
            files.append((file, facts))
            missed[file] = nil
          } else {
            miss(file, "no regular file, or gone since it was found")
          }
        }
        missed[path] = nil
      } catch {
        miss(path, error.reason)
      }
    }
    return files
  }

  /// Notes that there is nothing to read, and tells it at the start or the second time in a row.
  private func miss(_ path: String, _ reason: String) {
    missed[path, default: isFirst ? 1 : 0] += 1
    if missed[path] == 2 { onProblem("\(path): \(reason); waiting for it") }
  }

  /// Tells what is wrong with files. One that went between being found and being read is for the next round to find or miss.
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

/// The import was asked to stop. What was committed stays; the same import run again goes on from there.
struct ImportStopped: Error {}

extension ImportSummary {
  /// How many lines came that no import had counted or looked at before.
  public var newLines: Int {
    outcomes.present.reduce(0) { sum, entry in
      entry.outcome.isNewInItsDay && entry.outcome != .malformedTooLong ? sum + entry.lines : sum
    }
  }
}

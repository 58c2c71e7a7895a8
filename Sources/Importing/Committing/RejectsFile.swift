import Collecting
import Foundation
import Hits

/// A line that could not be read: where it is and why it is none.
struct RejectedLine {
  /// Its number in the file, from 1.
  var number: Int
  /// How it ended.
  var outcome: Outcome
  /// The rule of the collect API that it breaks; nil for a line of a log, or one too long to read.
  var rule: BrokenRule?
}

/// The file that tells of each unreadable line where it is and why it is none; never what stands in it.
final class RejectsFile {
  private let handle: FileHandle
  private let path: String

  /// Makes the file anew, or adds to it.
  ///
  /// - Throws: ``ImportFailure/inputOutput(_:)``.
  init(path: String, adds: Bool) throws {
    self.path = path
    let isThere = adds && FileManager.default.fileExists(atPath: path)
    guard isThere || FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path), (try? handle.seekToEnd()) != nil
    else { throw ImportFailure.inputOutput("\(path): cannot be written; name another file with --rejects") }
    self.handle = handle
  }

  /// Writes a line `file:line: reason` for each reject.
  func write(_ rejects: [RejectedLine], file: String) throws {
    let text = rejects.map { reject in
      "\(file):\(reject.number): \(reject.outcome.name)\(reject.rule.map { "; \($0)" } ?? "")\n"
    }.joined()
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw ImportFailure.inputOutput("\(path): cannot be written; is the disk full?")
    }
  }
}

import Collecting
import Foundation
import Hits

/// A malformed line: where it is and why it was rejected.
struct RejectedLine {
  /// Its number in the file, from 1.
  var number: Int
  var outcome: Outcome
  /// The rule of the collect API that it breaks; nil for a log line, or for a line that is too long to read.
  var rule: BrokenRule?
}

/// The file that lists where each malformed line is and why it was rejected, but never what the line contains.
final class RejectsFile {
  private let handle: FileHandle
  private let path: String

  /// Creates the file, or opens it to append.
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

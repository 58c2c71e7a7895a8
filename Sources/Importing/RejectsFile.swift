import Foundation
import Hits

/// The file that tells of each unreadable line where it is and why it is none; never what stands in it.
final class RejectsFile {
  private let handle: FileHandle
  private let path: String

  /// Makes the file anew.
  ///
  /// - Throws: ``ImportFailure/inputOutput(_:)``.
  init(path: String) throws {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw ImportFailure.inputOutput("\(path): cannot be written; name another file with --rejects") }
    self.handle = handle
  }

  /// Writes a line `file:line: reason` for each reject.
  func write(_ rejects: [(line: Int, outcome: Outcome)], file: String) throws {
    let text = rejects.map { "\(file):\($0.line): \($0.outcome.name)\n" }.joined()
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw ImportFailure.inputOutput("\(path): cannot be written; is the disk full?")
    }
  }
}

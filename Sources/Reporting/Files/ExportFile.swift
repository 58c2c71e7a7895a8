import Foundation

/// A file that is written piece by piece, or standard output.
final class ExportFile {
  private static let pieceBytes = 1 << 18

  private let handle: FileHandle
  private let isTerminal: Bool
  private var waiting = Data()

  /// Makes a file, or empties the one that is there.
  ///
  /// - Throws: ``ExportFailure``.
  init(path: String) throws(ExportFailure) {
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw ExportFailure(reason: "\(path): cannot be written; is its folder there and writable?") }
    self.handle = handle
    isTerminal = false
  }

  /// Writes to a handle that is open.
  init(_ handle: FileHandle, isTerminal: Bool) {
    self.handle = handle
    self.isTerminal = isTerminal
  }

  /// Adds text.
  func write(_ text: String) throws {
    waiting.append(contentsOf: (isTerminal ? TerminalText.lines(text) : text).utf8)
    if waiting.count >= Self.pieceBytes { try flush() }
  }

  /// Writes what is left.
  func flush() throws {
    try handle.write(contentsOf: waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

/// Why something could not be exported.
public struct ExportFailure: Error, CustomStringConvertible {
  /// What, why and what to do, in one line.
  public var reason: String

  /// The same.
  public var description: String { reason }
}

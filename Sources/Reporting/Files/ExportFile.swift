import Foundation

/// A buffered output file, or standard output.
final class ExportFile {
  private static let pieceBytes = 1 << 18

  private let handle: FileHandle
  private let isTerminal: Bool
  private var waiting = Data()

  /// Creates a file, or truncates an existing one.
  ///
  /// - Throws: ``ExportFailure``.
  init(path: String) throws(ExportFailure) {
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw ExportFailure(reason: "\(path): cannot be written; does the folder exist, and is it writable?") }
    self.handle = handle
    isTerminal = false
  }

  /// Writes to an open handle.
  init(_ handle: FileHandle, isTerminal: Bool) {
    self.handle = handle
    self.isTerminal = isTerminal
  }

  /// Appends text to the buffer.
  func write(_ text: String) throws {
    waiting.append(contentsOf: (isTerminal ? TerminalText.lines(text) : text).utf8)
    if waiting.count >= Self.pieceBytes { try flush() }
  }

  /// Writes out the buffer.
  func flush() throws {
    try handle.write(contentsOf: waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}

/// The reason why an export failed.
public struct ExportFailure: Error, CustomStringConvertible {
  /// What failed, why and what to do, in one line.
  public var reason: String

  /// The reason.
  public var description: String { reason }
}

import ByteScanning
import Foundation
import Importing

/// Writes lines, many at a time.
public final class LineOutput {
  private static let size = 256 * 1_024

  private let write: (Data) throws -> Void
  private var buffer: [UInt8] = []
  private var start = 0

  /// Returns an output to standard output. Its reader must not go away: here, a broken pipe is an error.
  public static func standard() -> LineOutput {
    LineOutput { try FileHandle.standardOutput.write(contentsOf: $0) }
  }

  /// Creates an output that passes its bytes to `write`.
  public init(_ write: @escaping (Data) throws -> Void) {
    self.write = write
    buffer.reserveCapacity(Self.size + 8 * 1_024)
  }

  /// Appends to the current line.
  func append(_ body: (inout [UInt8]) -> Void) {
    body(&buffer)
  }

  /// Ends the current line, and passes its bytes without the line end to `body`.
  func endLine(_ body: (Span<UInt8>, Range<Int>) -> Void) throws {
    body(buffer.span, start..<buffer.count)
    buffer.append(Byte.newline)
    start = buffer.count
    if buffer.count >= Self.size { try flush() }
  }

  /// Writes all complete lines.
  func flush() throws {
    do {
      try write(Data(buffer))
    } catch {
      throw ImportFailure.inputOutput("standard output cannot be written; did its reader end, or is the disk full?")
    }
    buffer.removeAll(keepingCapacity: true)
    start = 0
  }
}

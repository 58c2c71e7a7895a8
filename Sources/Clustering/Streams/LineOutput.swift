import ByteScanning
import Foundation
import Importing

/// Writes lines, many at a time.
public final class LineOutput {
  private static let size = 256 * 1_024

  private let write: (Data) throws -> Void
  private var buffer: [UInt8] = []
  private var start = 0

  /// Output to standard output. Whoever reads it must not go away: a broken pipe is an error of its own here.
  public static func standard() -> LineOutput {
    LineOutput { try FileHandle.standardOutput.write(contentsOf: $0) }
  }

  /// Output to whatever takes bytes.
  public init(_ write: @escaping (Data) throws -> Void) {
    self.write = write
    buffer.reserveCapacity(Self.size + 8 * 1_024)
  }

  /// Adds to the line at hand.
  func append(_ body: (inout [UInt8]) -> Void) {
    body(&buffer)
  }

  /// Ends the line at hand, and lends its bytes without the line end.
  func endLine(_ body: (Span<UInt8>, Range<Int>) -> Void) throws {
    body(buffer.span, start..<buffer.count)
    buffer.append(Byte.newline)
    start = buffer.count
    if buffer.count >= Self.size { try flush() }
  }

  /// Writes all lines that have ended.
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

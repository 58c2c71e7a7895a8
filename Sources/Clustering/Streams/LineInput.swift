import ByteScanning
import LogInput
import Sealing

/// Reads the lines of a stream; refuses truncated or damaged ones.
struct LineInput {
  /// The path; `-` for standard input.
  let path: String

  /// Returns the refusal of a line, or of the whole stream.
  func refusal(line: Int?, _ reason: String) -> Refusal {
    let name = path == InputPath.standardInput ? "standard input" : path
    return .failed(line.map { "\(name):\($0): \(reason)" } ?? "\(name): \(reason)")
  }

  /// Calls `body` for each line, without its line end, with its number from 1.
  func forEachLine(_ body: (Span<UInt8>, Range<Int>, Int) throws -> Void) throws {
    let source: ByteSource
    do {
      source = try ByteSource(path: path)
    } catch {
      throw refusal(line: nil, error.reason)
    }
    let reader = ChunkReader(source)
    var number = 0
    while let chunk = reader.next(reusing: .none, takesTail: false) {
      guard chunk.overlongLines == 0 else {
        throw refusal(line: number + 1, "the line is too long; the stream is damaged")
      }
      var start = 0
      while start < chunk.count {
        let end = ByteSearch.firstIndex(of: Byte.newline, in: chunk.bytes.span, from: start, to: chunk.count)
        number += 1
        try body(chunk.bytes.span, start..<end, number)
        start = end + 1
      }
    }
    if let problem = source.problem { throw refusal(line: nil, problem) }
    guard reader.tailBytes == 0 else {
      throw refusal(line: number + 1, "the stream is truncated; run the step that wrote it again")
    }
  }
}

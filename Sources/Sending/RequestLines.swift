import AccessLog
import Collecting
import LogInput

/// One line of a file of requests.
struct RequestLine: Sendable {
  /// Its number, from 1.
  var number: Int
  /// Its bytes, without the line end.
  var bytes: [UInt8]
}

/// The lines of a file, one after the other.
struct RequestLines {
  private let reader: ChunkReader
  private var chunk = Chunk.none
  private var scanner = LineScanner(0..<0)
  private var number = 0

  /// - Throws: ``SendFailure`` if the file cannot be opened.
  init(path: String) throws(SendFailure) {
    do throws(InputError) {
      reader = ChunkReader(try ByteSource(path: path))
    } catch {
      throw .inputOutput("\(path): \(error.reason)")
    }
  }

  /// Returns the next line; nil at the end.
  mutating func next() -> RequestLine? {
    while true {
      let bytes = chunk.bytes
      if let range = scanner.next(in: bytes.span) {
        number += 1
        return RequestLine(number: number, bytes: Array(bytes[range]))
      }
      guard let next = reader.next(reusing: chunk, takesTail: true) else { return nil }
      chunk = next
      scanner = LineScanner(0..<chunk.count)
      number += chunk.overlongLines
    }
  }
}

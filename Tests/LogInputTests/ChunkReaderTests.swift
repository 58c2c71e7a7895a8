import Foundation
import TestSupport
import Testing

@testable import LogInput

@Suite struct ChunkReaderTests {
  private let folder: TemporaryFolder
  private static let limit = 1_048_576

  init() throws {
    folder = try TemporaryFolder()
  }

  private func chunked(_ file: [UInt8], takesTail: Bool = false) throws -> Chunked {
    try Chunked(folder.write(file, to: "a.log"), takesTail: takesTail)
  }

  private func chunked(_ text: String, takesTail: Bool = false) throws -> Chunked {
    try chunked(Array(text.utf8), takesTail: takesTail)
  }

  private func chunked(packed file: [UInt8], takesTail: Bool = false) throws -> Chunked {
    try chunked(Packer.gzip.packed(file, in: folder), takesTail: takesTail)
  }

  @Test(arguments: [
    ("", ""), ("\n", "\n"), ("a\nb\n", "a\nb\n"), ("a\r\nb\r\n", "a\r\nb\r\n"), ("a\rb\rc\r", "a\nb\nc\n"),
    ("a\rb\nc\r", "a\rb\n"), ("\u{FEFF}a\n", "a\n"), ("\u{FEFF}", ""), ("\u{FEFF}\u{FEFF}a\n", "\u{FEFF}a\n"),
    ("a\n\u{FEFF}b\n", "a\n\u{FEFF}b\n"), ("\u{FEFF}a\rb\r", "a\nb\n"), ("\0\0\0a\n\0\n", "\0\0\0a\n\0\n"),
    ("a\0\0\0b\n", "a\n\0\0b\n"), ("a\0b\0\nc\n", "a\nb\n\nc\n"),
  ])
  func endsLinesInLF(_ file: String, _ lines: String) throws {
    #expect(String(decoding: try chunked(file).bytes, as: UTF8.self) == lines)
    #expect(String(decoding: try chunked(packed: Array(file.utf8)).bytes, as: UTF8.self) == lines)
  }

  @Test(arguments: [("a\nbc", "a\n", 2), ("abc", "", 3), ("a\n", "a\n", 0), ("a\n\r", "a\n", 1)])
  func aLineWithoutEndWaits(_ file: String, _ lines: String, _ tail: Int) throws {
    #expect(try chunked(file) == Chunked(bytes: Array(lines.utf8), tail: tail))
    let all = tail == 0 ? file : file + "\n"
    #expect(try chunked(file, takesTail: true) == Chunked(bytes: Array(all.utf8)))
  }

  /// Lines around the limit, after a start that moves them across the boundaries of chunks and reads.
  @Test(arguments: [0, 1_000, 600_000]) func aLineMayBeOneMebibyteLong(_ before: Int) throws {
    let start = [UInt8](repeating: 0x61, count: before) + [0x0A]
    for length in [Self.limit - 1, Self.limit, Self.limit + 1] {
      let line = [UInt8](repeating: 0x62, count: length)
      for file in [start + line + [0x0A, 0x63, 0x0A], start + line] {
        for takesTail in [false, true] {
          let expected = Chunked(rulesFor: file, takesTail: takesTail)
          #expect(try chunked(file, takesTail: takesTail) == expected, "\(length), \(takesTail)")
        }
      }
    }
    let line = [UInt8](repeating: 0x62, count: Self.limit)
    #expect(try chunked(packed: start + line + [0x0A]) == Chunked(bytes: start + line + [0x0A]))
    #expect(try chunked(packed: start + line + [0x62, 0x0A]) == Chunked(bytes: start, overlong: 1))
  }

  @Test func overlongLinesAreCountedBeforeTheChunkTheyPrecede() throws {
    let long = [UInt8](repeating: 0x62, count: 3 * Self.limit) + [0x0A]
    let path = try folder.write(Array("first\n".utf8) + long + long + Array("last\n".utf8), to: "a.log")
    let reader = ChunkReader(try ByteSource(path: path))
    var chunks: [String] = []
    while let chunk = reader.next(reusing: .none, takesTail: false) {
      chunks.append("\(chunk.overlongLines) " + String(decoding: chunk.bytes[..<chunk.count], as: UTF8.self))
    }
    #expect(chunks == ["0 first\n", "2 last\n"])
  }

  /// NUL holes of all sizes around and above the limit lose no line, wherever they are and however they are read.
  @Test(arguments: [0, 1, 4_096, limit - 1, limit, limit + 1, 5 * limit]) func noHoleLosesALine(_ size: Int) throws {
    let hole = [UInt8](repeating: 0, count: size)
    let line = Array("192.0.2.1 - - [10/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1\n".utf8)
    let lines = line + line
    let (half, open) = (Array(line.prefix(40)), Array(line.dropLast()))
    var parts = [[hole, lines], [lines, hole, lines], [lines, hole], [lines, hole, open]]
    // Large holes behind half a line: `HoleTests`.
    if size < 5_000 { parts += [[line, half, hole, lines], [half, hole, half, hole, open], [lines, half, hole]] }
    let files = parts.map { Array($0.joined()) }
    for (number, file) in files.enumerated() {
      for takesTail in [false, true] {
        let expected = Chunked(rulesFor: file, takesTail: takesTail)
        #expect(expected.overlong == 0 && expected.isWhole)
        #expect(try chunked(file, takesTail: takesTail) == expected)
        #expect(try chunked(packed: file, takesTail: takesTail) == expected)
        let seed = UInt64(number * 2 + (takesTail ? 1 : 0))
        #expect(try Chunked(pieces: file, takesTail: takesTail, seed: seed, in: folder) == expected)
      }
    }
  }

  /// A hole takes no room from its line: with or without it, the line is either delivered or too long.
  @Test(arguments: [limit - 1, limit, limit + 1]) func aLineBehindAHoleMayBeOneMebibyteLong(_ length: Int) throws {
    let line = [UInt8](repeating: 0x62, count: length) + [0x0A]
    for size in [0, 1, 2, Self.limit, 3 * Self.limit] {
      let file = [0x61, 0x0A] + [UInt8](repeating: 0, count: size) + line + [0x63, 0x0A]
      let expected = Chunked(rulesFor: file, takesTail: false)
      #expect(expected.overlong == (length > Self.limit ? 1 : 0))
      #expect(try chunked(file) == expected)
      #expect(try Chunked(pieces: file, takesTail: false, seed: UInt64(size), in: folder) == expected)
    }
  }

  /// A hole ends a line that is too long, so the line behind the hole is read.
  @Test(arguments: [1, 4_096, limit, 3 * limit]) func aHoleEndsALineThatIsTooLong(_ size: Int) throws {
    let long = [UInt8](repeating: 0x62, count: 3 * Self.limit)
    let file = long + [UInt8](repeating: 0, count: size) + [0x61, 0x0A, 0x63, 0x0A]
    let expected = Chunked(rulesFor: file, takesTail: false)
    #expect(expected.overlong == 1)
    #expect(try chunked(file) == expected)
    #expect(try Chunked(pieces: file, takesTail: false, seed: UInt64(size), in: folder) == expected)
  }

  /// A read that resumes after the last line end must see the whole line again, even if it was too long to keep.
  @Test(arguments: [UInt8(0), 0x62]) func aLongLineWithoutEndWaits(_ byte: UInt8) throws {
    let long = [UInt8](repeating: byte, count: 2 * Self.limit + 5)
    #expect(try chunked([0x61, 0x0A] + long) == Chunked(bytes: [0x61, 0x0A], tail: long.count))
  }

  /// The chunks of any file add up to its lines, whatever their lengths.
  @Test(arguments: 1...6) func chunksAreTheFile(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let longest = [80, 400_000, 2_000_000][Int(seed) % 3]
    var file: [UInt8] = []
    while file.count < 2_500_000 {
      let byte = Bool.random(using: &generator) ? UInt8.random(in: 0x20...0x7E, using: &generator) : 0
      file += [UInt8](repeating: byte, count: Int.random(in: 0...longest, using: &generator))
      file.append(0x0A)
    }
    if seed.isMultiple(of: 2) { file.removeLast() }
    for takesTail in [false, true] {
      let expected = Chunked(rulesFor: file, takesTail: takesTail)
      #expect(try chunked(file, takesTail: takesTail) == expected)
      #expect(try chunked(packed: file, takesTail: takesTail) == expected)
    }
  }

  /// Buffers are reused for other files. If the last line had filled the buffer, starting the next file used to
  /// crash.
  @Test func buffersAreTakenOverFromOtherFiles() throws {
    let full = try folder.write([UInt8](repeating: 0x61, count: Self.limit), to: "full.log")
    let marked = try folder.write(Array("\u{FEFF}b\n".utf8), to: "marked.log")
    let first = ChunkReader(try ByteSource(path: full)).next(reusing: .none, takesTail: true)
    let buffer = try #require(first)
    #expect(buffer.count == Self.limit + 1)
    let second = ChunkReader(try ByteSource(path: marked)).next(reusing: buffer, takesTail: true)
    let chunk = try #require(second)
    #expect(Array(chunk.bytes[..<chunk.count]) == Array("b\n".utf8))
    #expect(chunk.bytes.count == ChunkReader.chunkSize)
  }

  @Test func filesThatEndLinesByCRAreReadWholeToo() throws {
    let lines = (0..<200_000).map { "GET /page/\($0) 200" }
    let expected = Chunked(bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
    #expect(try chunked(lines.joined(separator: "\r") + "\r") == expected)
  }

  /// The first piece that a pipe delivers may end between the CR and the LF of the first line.
  @Test func aFirstPieceThatEndsInCRIsNoFileOfCRs() throws {
    let path = folder.path("pipe")
    try SystemTool.run("mkfifo", path)
    let pipe = try #require(FileHandle(forUpdatingAtPath: path))
    let first = [UInt8](repeating: 0x61, count: 600) + [0x0D]
    try pipe.write(contentsOf: first)
    let source = try ByteSource(path: path)
    try pipe.write(contentsOf: Array("\nb\r\n".utf8))
    try pipe.close()
    let reader = ChunkReader(source)
    let chunk = try #require(reader.next(reusing: .none, takesTail: false))
    #expect(Array(chunk.bytes[..<chunk.count]) == first + Array("\nb\r\n".utf8))
  }

  /// A stream that is cut within a line: the whole line will come with the whole file, so it must not count before.
  @Test(arguments: Packer.allCases) func theLastLineOfACutStreamIsNoLine(_ packer: Packer) throws {
    var generator = SeededGenerator(seed: 14)
    let lines = (0..<20_000).map { "GET /page/\($0) \(generator.next() % 1_000)\n" }
    let packed = try packer.packed(Array(lines.joined().utf8), in: folder)
    // zstd delivers blocks of 128 KiB, bzip2 of 100 KB.
    for cut in [packed.count * 2 / 3, packed.count - 100] {
      let found = try chunked(Array(packed.prefix(cut)), takesTail: true)
      let count = found.bytes.count { $0 == 0x0A }
      #expect(count > 100)
      #expect(found == Chunked(bytes: Array(lines.prefix(count).joined().utf8)))
    }
  }
}

import CZlib

/// The files of a zip archive: stored or deflated, without encryption.
///
/// Source: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.12 (central directory) and 4.3.7 (local headers).
public enum ZipArchive {
  /// Why an archive cannot be read.
  public struct Damage: Error, CustomStringConvertible {
    /// The reason and the remedy.
    public let description: String
  }

  /// The largest size of a file, so that a small archive cannot fill the memory.
  private static let mostBytes = 1 << 30
  private static let cut = Damage(description: "the zip archive is cut off or damaged; copy it again")

  /// Whether bytes are a zip archive.
  public static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Returns the files of an archive, with their names in it.
  public static func files(of bytes: [UInt8]) throws(Damage) -> [(name: String, bytes: [UInt8])] {
    guard let end = directoryEnd(bytes) else { throw cut }
    let count = number(bytes, end + 10, 2)
    var place = number(bytes, end + 16, 4)
    var files: [(name: String, bytes: [UInt8])] = []
    for _ in 0..<count {
      guard place + 46 <= bytes.count, number(bytes, place, 4) == 0x0201_4B50 else { throw cut }
      let nameEnd = place + 46 + number(bytes, place + 28, 2)
      guard nameEnd <= bytes.count else { throw cut }
      let name = String(decoding: bytes[place + 46..<nameEnd], as: UTF8.self)
      if !name.hasSuffix("/") { files.append((name, try file(bytes, entry: place))) }
      place = nameEnd + number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
    }
    return files
  }

  /// Returns the place of the end of the central directory, before a comment of at most 65,535 bytes.
  private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    return (max(0, bytes.count - 65_557)...bytes.count - 22).last { number(bytes, $0, 4) == 0x0605_4B50 }
  }

  private static func file(_ bytes: [UInt8], entry: Int) throws(Damage) -> [UInt8] {
    let method = number(bytes, entry + 10, 2)
    let packed = number(bytes, entry + 20, 4)
    let size = number(bytes, entry + 24, 4)
    let header = number(bytes, entry + 42, 4)
    guard number(bytes, entry + 8, 2) & 1 == 0 else {
      throw Damage(description: "the zip archive is encrypted; unpack it")
    }
    guard size <= mostBytes else { throw Damage(description: "a file of the zip archive is too large; unpack it") }
    guard header + 30 <= bytes.count, number(bytes, header, 4) == 0x0403_4B50 else { throw cut }
    let start = header + 30 + number(bytes, header + 26, 2) + number(bytes, header + 28, 2)
    guard start + packed <= bytes.count else { throw cut }
    let file: [UInt8]
    switch method {
    case 0: file = Array(bytes[start..<start + packed])
    case 8: file = try inflated(bytes, start..<start + packed, size)
    default: throw Damage(description: "the zip archive is packed in a way that is not supported; unpack it")
    }
    guard file.count == size, Int(crc(file)) == number(bytes, entry + 16, 4) else { throw cut }
    return file
  }

  private static func inflated(_ bytes: [UInt8], _ range: Range<Int>, _ size: Int) throws(Damage) -> [UInt8] {
    guard let stream = ZlibStream(.raw) else { throw Damage(description: "not enough memory to unpack the archive") }
    var input = bytes
    // Deflate packs at most 1,032 bytes into one (<https://zlib.net/zlib_tech.html>).
    guard size <= range.count * 1_032 else { throw cut }
    var output = [UInt8](repeating: 0, count: size + 1)
    var (from, to) = (range.lowerBound, 0)
    while true {
      let before = (from, to)
      switch stream.decode(&input, &from, upTo: range.upperBound, into: &output, &to, upTo: output.count) {
      case .streamEnd: return Array(output[..<to])
      case .more where (from, to) != before: continue
      default: throw cut
      }
    }
  }

  /// Returns a little-endian number.
  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
  }

  /// Returns the checksum of IEEE 802.3 (CRC-32).
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    // Safe because the buffer holds as many bytes as are read; a file has at most `mostBytes`.
    UInt32(truncatingIfNeeded: unsafe crc32(0, bytes, UInt32(bytes.count)))
  }
}

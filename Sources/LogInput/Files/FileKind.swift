import ByteScanning

/// Kinds of files that are not logs, recognised by their first bytes after decompression.
enum FileKind {
  struct Unsupported: Equatable {
    let name: String
    let advice: String
  }

  private struct Magic {
    let bytes: [UInt8]
    var offset = 0
    let kind: Unsupported
  }

  /// Returns the kind of a file that cannot be read; nil for other files.
  static func unsupported(_ bytes: Span<UInt8>, _ count: Int) -> Unsupported? {
    if let known = all.first(where: { ByteSearch.matches($0.bytes, in: bytes, at: $0.offset, before: count) }) {
      return known.kind
    }
    if Compression(bytes, count) != nil {
      return Unsupported(name: "compressed twice", advice: "decompress it once and import the result")
    }
    return isTar(bytes, count) ? tar : hasNulEverySecondByte(bytes, count) ? utf16 : nil
  }

  private static let all = [
    Magic(
      bytes: [0x50, 0x4B, 0x03, 0x04],
      kind: Unsupported(name: "a zip archive", advice: "use: unzip -p FILE | footfall import -")),
    Magic(bytes: [0xFF, 0xFE], kind: utf16),
    Magic(bytes: [0xFE, 0xFF], kind: utf16),
    Magic(
      bytes: Array("SQLite format 3".utf8),
      kind: Unsupported(name: "an SQLite database", advice: "give the path of a log")),
  ]

  private static let utf16 = Unsupported(
    name: "UTF-16 text", advice: "use: iconv -f UTF-16 -t UTF-8 FILE | footfall import -")
  private static let tar = Unsupported(name: "a tar archive", advice: "unpack it and import the logs in it")

  /// Whether the bytes start with a tar header. Its checksum is written in octal digits at 148, and counts as
  /// spaces itself. Older archives have no other mark. Source: POSIX.1-1988, ustar interchange format.
  private static func isTar(_ bytes: Span<UInt8>, _ count: Int) -> Bool {
    guard count >= 512 else { return false }
    var sum = 0
    for index in 0..<512 { sum += (148..<156).contains(index) ? Int(Byte.space) : Int(bytes[index]) }
    var told = 0
    var digits = 0
    for index in 148..<156 {
      let byte = bytes[index]
      if byte >= 0x30, byte <= 0x37 {
        told = told * 8 + Int(byte - 0x30)
        digits += 1
      } else if digits > 0 || byte != Byte.space {
        break
      }
    }
    return digits > 0 && told == sum
  }

  /// Whether the bytes are UTF-16 without a byte order mark: every second byte of a log's Latin letters is NUL, and
  /// the others are not.
  private static func hasNulEverySecondByte(_ bytes: Span<UInt8>, _ count: Int) -> Bool {
    guard count >= 64 else { return false }
    let even = stride(from: 0, to: 64, by: 2).count { bytes[$0] == 0 }
    let odd = stride(from: 1, to: 64, by: 2).count { bytes[$0] == 0 }
    return (even == 0 && odd == 32) || (even == 32 && odd == 0)
  }
}

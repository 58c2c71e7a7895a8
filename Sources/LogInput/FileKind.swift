import ByteScanning

/// Kinds of files that are recognised by their first bytes and have to be unpacked or converted first.
enum FileKind {
  struct Unsupported: Equatable {
    let name: String
    let advice: String
    let magic: [UInt8]
    var offset = 0
  }

  /// What the file is, if it is something that cannot be read yet.
  static func unsupported(_ bytes: Span<UInt8>, _ count: Int) -> Unsupported? {
    all.first { ByteSearch.matches($0.magic, in: bytes, at: $0.offset, before: count) }
  }

  private static let all = [
    Unsupported(
      name: "bzip2-compressed, not read yet", advice: "use: bzip2 -dc FILE | footfall import -",
      magic: Array("BZh".utf8)),
    Unsupported(
      name: "xz-compressed, not read yet", advice: "use: xz -dc FILE | footfall import -",
      magic: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    Unsupported(
      name: "zstd-compressed, not read yet", advice: "use: zstd -dc FILE | footfall import -",
      magic: [0x28, 0xB5, 0x2F, 0xFD]),
    Unsupported(
      name: "a zip archive", advice: "use: unzip -p FILE | footfall import -", magic: [0x50, 0x4B, 0x03, 0x04]),
    Unsupported(
      name: "a tar archive", advice: "unpack it and import the logs in it", magic: Array("ustar".utf8), offset: 257),
    Unsupported(
      name: "UTF-16 text", advice: "use: iconv -f UTF-16 -t UTF-8 FILE | footfall import -", magic: [0xFF, 0xFE]),
    Unsupported(
      name: "UTF-16 text", advice: "use: iconv -f UTF-16 -t UTF-8 FILE | footfall import -", magic: [0xFE, 0xFF]),
    Unsupported(name: "an SQLite database", advice: "name a log", magic: Array("SQLite format 3".utf8)),
  ]
}

import ByteScanning

/// The supported kinds of compression, detected by the first bytes and never by the name.
///
/// Sources: RFC 1952; the bzip2 manual; <https://tukaani.org/xz/xz-file-format.txt>; RFC 8878.
enum Compression: String, CaseIterable {
  case gzip
  case bzip2
  case xz
  case zstd

  /// Detects the kind whose streams start with these bytes; nil if there is none.
  init?(_ bytes: Span<UInt8>, _ count: Int) {
    let kind = Self.allCases.first { $0.starts(bytes, count) }
    guard let kind else { return nil }
    self = kind
  }

  /// Whether a stream of this kind may start with this byte.
  func mayStart(with byte: UInt8) -> Bool {
    byte == magic[0] || (self == .zstd && Self.isSkippable(byte))
  }

  /// Returns a decoder at the start of the first stream; nil if memory runs out.
  func decoder() -> (any StreamDecoder)? {
    switch self {
    case .gzip: GzipStream()
    case .bzip2: Bzip2Stream()
    case .xz: XZStream()
    case .zstd: ZstdStream()
    }
  }

  private var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .bzip2: Array("BZh".utf8)
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    }
  }

  private func starts(_ bytes: Span<UInt8>, _ count: Int) -> Bool {
    if ByteSearch.matches(magic, in: bytes, at: 0, before: count) {
      // The size of bzip2's blocks follows, in hundreds of kilobytes.
      return self != .bzip2 || (count > 3 && (0x31...0x39).contains(bytes[3]))
    }
    // pzstd and others write frames without text first.
    return self == .zstd && count > 0 && Self.isSkippable(bytes[0])
      && ByteSearch.matches([0x2A, 0x4D, 0x18], in: bytes, at: 1, before: count)
  }

  private static func isSkippable(_ byte: UInt8) -> Bool { byte & 0xF0 == 0x50 }
}

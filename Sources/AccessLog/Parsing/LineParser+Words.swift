import ByteScanning

// What all readers of fields share: words, blanks, digits.
extension LineParser {
  /// Parses a word and skips the blank after it.
  mutating func takeWord(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: end)
    guard blank > start, blank < end else { return nil }
    position = blank + 1
    return start..<blank
  }

  /// Parses digits or `-`, followed by blanks, which are skipped, or the end.
  mutating func takeNumber(_ bytes: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    var next = position
    if bytes[next] == Byte.hyphen {
      next += 1
    } else {
      // Eighteen digits always fit into 64 bits.
      let last = min(end, next &+ 18)
      while next < last, Self.isDigit(bytes[next]) {
        value = value &* 10 &+ Int64(bytes[next] &- 0x30)
        next &+= 1
      }
    }
    guard next > position, next == end || bytes[next] == Byte.space else { return nil }
    position = next
    skipBlanks(bytes)
    return value
  }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while position < end, bytes[position] == Byte.space { position += 1 }
  }

  /// Whether a lone `-` and a blank follow, which most lines have for identity and user: faster than a search.
  func isDash(_ bytes: Span<UInt8>) -> Bool {
    position + 2 < end && bytes[position] == Byte.hyphen && bytes[position + 1] == Byte.space
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9
  }
}

import ByteScanning

/// The path of a rule in robots.txt: `*` stands for any text, and `$` at the end for the end of the path.
///
/// Pattern and path are compared octet by octet, with everything percent-encoded but unreserved characters and slashes.
/// Source of the rule: RFC 9309, sections 2.2.2 and 2.2.3.
struct RobotsPattern: Equatable, Sendable {
  /// The texts between the asterisks, in order, encoded; at least one.
  private let parts: [[UInt8]]
  /// Whether the path must end where the pattern ends.
  private let isAnchored: Bool
  /// The number of octets, by which the most specific of several patterns is found.
  let octets: Int

  /// Reads a pattern as it is in the file.
  init(_ text: ArraySlice<UInt8>) {
    isAnchored = text.last == Self.dollar
    parts = (isAnchored ? text.dropLast() : text)
      .split(separator: Byte.asterisk, omittingEmptySubsequences: false).map { Self.encoded($0) }
    octets = parts.reduce(parts.count - 1) { $0 + $1.count } + (isAnchored ? 1 : 0)
  }

  /// Returns whether a path, encoded by ``encoded(_:)``, matches. Each text is taken where it first occurs, so the time is
  /// bounded by the lengths of both.
  func matches(_ path: [UInt8]) -> Bool {
    guard path.starts(with: parts[0]) else { return false }
    var position = parts[0].count
    guard parts.count > 1 else { return !isAnchored || position == path.count }
    for part in parts[1..<parts.count - 1] {
      guard let start = Self.firstIndex(of: part, in: path, from: position) else { return false }
      position = start + part.count
    }
    let last = parts[parts.count - 1]
    guard isAnchored else { return Self.firstIndex(of: last, in: path, from: position) != nil }
    return path.count - position >= last.count && path[(path.count - last.count)...].elementsEqual(last)
  }

  /// Returns a text in the form in which it is compared. An asterisk or a dollar sign in it means itself.
  static func encoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    let text = Array(text)
    var out: [UInt8] = []
    var index = 0
    while index < text.count {
      var byte = text[index]
      var isEscape = false
      if byte == Byte.percent, index + 2 < text.count, let high = HexDigits.value(text[index + 1]),
        let low = HexDigits.value(text[index + 2])
      {
        byte = high << 4 | low
        isEscape = true
        index += 2
      }
      // An escaped slash is none.
      if isUnreserved(byte) || (byte == Byte.slash && !isEscape) {
        out.append(byte)
      } else {
        out += [Byte.percent, HexDigits.upper(byte >> 4), HexDigits.upper(byte & 0xF)]
      }
      index += 1
    }
    return out
  }

  private static func firstIndex(of part: [UInt8], in path: [UInt8], from start: Int) -> Int? {
    guard path.count - start >= part.count else { return nil }
    return (start...path.count - part.count).first { path[$0...].starts(with: part) }
  }

  /// Whether a byte is one of RFC 3986's unreserved characters.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, Byte.hyphen, Byte.dot, Byte.underscore, Byte.tilde: true
    default: false
    }
  }

  private static let dollar = UInt8(ascii: "$")
}

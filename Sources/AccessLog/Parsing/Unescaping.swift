import ByteScanning

/// How a server escapes bytes that would end a field.
public enum Escapes: UInt8, Sendable {
  /// nginx writes `\xHH` for quotes, backslashes and bytes outside printable ASCII; Apache writes `\"`, `\\`, C's
  /// letters and `\xhh`. The two never conflict, so one reader serves both. Sources of the rule: nginx's
  /// `ngx_http_log_escape`, Apache's `ap_escape_logitem`.
  case server
  /// JSON's escapes: the same, and `\/` and `\uHHHH`. Source of the rule: RFC 8259, section 7.
  case json
  /// Blanks are written as `+` in user agents. Source of the rule: IIS's W3C extended log format.
  case plus
  /// Values are percent-encoded. Source of the rule: CloudFront's standard logs.
  case percent
  /// Values are percent-encoded. Older logs encode user agents twice.
  case percentTwice
  /// JSON's escapes; user agents are percent-encoded as well. Source: CloudFront's standard logging v2.
  case jsonPercent
  /// `#HH` stands for a byte. Source: HAProxy's configuration manual, section 8.6.
  case hash
  /// Nothing is escaped.
  case none

  /// How targets are escaped. They contain no blanks.
  public var ofTargets: Escapes {
    switch self {
    case .plus, .percentTwice: .none
    case .jsonPercent: .json
    default: self
    }
  }

  /// How referrers are escaped.
  public var ofReferrers: Escapes {
    switch self {
    case .plus: .none
    case .percentTwice: .percent
    case .jsonPercent: .json
    default: self
    }
  }
}

/// Decodes the escapes that servers write into fields.
public enum Unescaping {
  /// Appends the bytes in `range` with escapes decoded.
  public static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ escapes: Escapes = .server, to out: inout [UInt8]
  ) {
    switch escapes {
    case .server, .json: appendWithoutBackslashes(bytes, range, escapes, to: &out)
    case .plus: for index in range { out.append(bytes[index] == Byte.plus ? Byte.space : bytes[index]) }
    case .percent: appendDecoded(bytes, range, after: Byte.percent, isTwice: false, to: &out)
    case .percentTwice:
      appendDecoded(bytes, range, after: Byte.percent, isTwice: isEncodedTwice(bytes, range), to: &out)
    case .jsonPercent:
      var text: [UInt8] = []
      appendWithoutBackslashes(bytes, range, .json, to: &text)
      appendDecoded(text.span, 0..<text.count, after: Byte.percent, isTwice: false, to: &out)
    case .hash: appendDecoded(bytes, range, after: Byte.numberSign, isTwice: false, to: &out)
    case .none: for index in range { out.append(bytes[index]) }
    }
  }

  private static func appendWithoutBackslashes(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ escapes: Escapes, to out: inout [UInt8]
  ) {
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let backslash = ByteSearch.firstIndex(of: Byte.backslash, in: bytes, from: index, to: end)
      ByteCopy.append(bytes, index..<backslash, to: &out)
      guard backslash < end else { return }
      index = backslash
      if escapes == .json, let width = appendUnicode(bytes, backslash..<end, to: &out) {
        index += width
      } else {
        index += appendEscape(bytes, backslash..<end, escapes, to: &out)
      }
    }
  }

  /// Appends what the escape at the start of `range` stands for, and returns the escape's width. A backslash that
  /// starts no escape stands for itself.
  private static func appendEscape(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ escapes: Escapes, to out: inout [UInt8]
  ) -> Int {
    let start = range.lowerBound
    guard range.count >= 2 else {
      out.append(Byte.backslash)
      return 1
    }
    let letter = bytes[start + 1]
    if letter == 0x78, range.count >= 4, let high = HexDigits.value(bytes[start + 2]),
      let low = HexDigits.value(bytes[start + 3])
    {
      out.append(high << 4 | low)
      return 4
    }
    let plain = escapes == .json && letter == Byte.slash ? Byte.slash : letters[letter]
    guard let plain else {
      out.append(Byte.backslash)
      return 1
    }
    out.append(plain)
    return 2
  }

  /// Appends the character of `\uHHHH`, or of a surrogate pair of two, in UTF-8, and returns the width; nil if
  /// there is none. A lone surrogate becomes U+FFFD.
  private static func appendUnicode(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) -> Int? {
    guard let first = unit(bytes, range.lowerBound, range.upperBound) else { return nil }
    if first & 0xFC00 == 0xD800, let second = unit(bytes, range.lowerBound + 6, range.upperBound),
      second & 0xFC00 == 0xDC00, let character = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    {
      appendUTF8(character, to: &out)
      return 12
    }
    appendUTF8(Unicode.Scalar(first) ?? "\u{FFFD}", to: &out)
    return 6
  }

  private static func unit(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
    guard start + 6 <= end, bytes[start] == Byte.backslash, bytes[start + 1] == 0x75 else { return nil }
    var value: UInt32 = 0
    for index in start + 2..<start + 6 {
      guard let digit = HexDigits.value(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func appendUTF8(_ character: Unicode.Scalar, to out: inout [UInt8]) {
    out.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
  }

  /// Decodes two hexadecimal digits after a mark, `%HH`. If percent signs are encoded twice, `%25HH` is decoded to
  /// the same byte.
  private static func appendDecoded(
    _ bytes: Span<UInt8>, _ range: Range<Int>, after mark: UInt8, isTwice: Bool, to out: inout [UInt8]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let once = decoded(bytes, index, range.upperBound, after: mark) {
        if isTwice, once == Byte.percent, index + 4 < range.upperBound, let high = HexDigits.value(bytes[index + 3]),
          let low = HexDigits.value(bytes[index + 4])
        {
          out.append(high << 4 | low)
          index += 5
        } else {
          out.append(once)
          index += 3
        }
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
  }

  /// Whether all escapes of a text are `%25`. A user agent that is encoded once has others, for its blanks.
  private static func isEncodedTwice(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] == Byte.percent {
      guard decoded(bytes, index, range.upperBound, after: Byte.percent) == Byte.percent else { return false }
    }
    return true
  }

  private static func decoded(_ bytes: Span<UInt8>, _ index: Int, _ end: Int, after mark: UInt8) -> UInt8? {
    guard bytes[index] == mark, index + 2 < end, let high = HexDigits.value(bytes[index + 1]),
      let low = HexDigits.value(bytes[index + 2])
    else { return nil }
    return high << 4 | low
  }

  private static let letters: [UInt8: UInt8] = [
    Byte.quote: Byte.quote, Byte.backslash: Byte.backslash, 0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08,
    0x66: 0x0C, 0x76: 0x0B,
  ]
}

extension LogLine {
  /// Appends the target with escapes decoded, and the query if the format has it separately.
  public func appendURL(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    Unescaping.append(bytes, target, escapes.ofTargets, to: &out)
    guard !query.isEmpty else { return }
    for index in target where bytes[index] == Byte.questionMark { return }
    out.append(Byte.questionMark)
    Unescaping.append(bytes, query, escapes.ofTargets, to: &out)
  }
}

import ByteScanning

/// Normalises a path, so that one page has one name.
///
/// Percent escapes of unreserved characters are decoded; all others get upper-case digits. Bytes that are not
/// allowed in a path are escaped. `.` and `..` segments are resolved. Session ids (`;jsessionid=…`) are removed.
/// The result is printable ASCII and starts with a slash. Source of the rule: RFC 3986, sections 3.3, 5.2.4 and
/// 6.2.2.
public enum Pathname {
  /// Appends the normalised path in `range`, at most ``RequestTarget/longestPath`` bytes.
  ///
  /// - Returns: false, with nothing appended, if it is not an absolute path.
  public static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) -> Bool {
    guard let first = range.first, bytes[first] == Byte.slash else { return false }
    let start = out.count
    if isNormal(bytes, range) {
      ByteCopy.append(bytes, range, to: &out)
      return true
    }
    appendEscaped(bytes, range, to: &out)
    resolveDotSegments(of: &out, from: start)
    truncate(&out, from: start)
    return true
  }

  /// Whether an absolute path is already normalised, as nearly all are: no escape, no dot segment, nothing to escape.
  public static func isNormal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= RequestTarget.longestPath else { return false }
    let plain = plainBytes
    var afterSlash = false
    for index in range {
      let byte = bytes[index]
      let isPlain = (byte < 64 ? plain.low : plain.high) >> UInt64(byte & 63) & 1 == 1 && byte < 128
      if !isPlain || (afterSlash && byte == Byte.dot) { return false }
      afterSlash = byte == Byte.slash
    }
    return true
  }

  private static func appendEscaped(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == Byte.semicolon, startsSessionID(bytes, index..<range.upperBound) {
        index = endOfSegment(bytes, index..<range.upperBound)
        continue
      }
      if byte == Byte.percent, index + 2 < range.upperBound,
        let high = HexDigits.value(bytes[index + 1]), let low = HexDigits.value(bytes[index + 2])
      {
        appendDecoded(high << 4 | low, to: &out)
        index += 3
        continue
      }
      if mayStand(byte) { out.append(byte) } else { appendEscape(of: byte, to: &out) }
      index += 1
    }
  }

  private static func appendDecoded(_ byte: UInt8, to out: inout [UInt8]) {
    if isUnreserved(byte) { out.append(byte) } else { appendEscape(of: byte, to: &out) }
  }

  private static func appendEscape(of byte: UInt8, to out: inout [UInt8]) {
    out.append(Byte.percent)
    out.append(HexDigits.upper(byte >> 4))
    out.append(HexDigits.upper(byte & 0xF))
  }

  /// Resolves `.` and `..` segments in place. A path that climbs above the root stays at the root.
  private static func resolveDotSegments(of out: inout [UInt8], from start: Int) {
    var write = start
    var read = start
    while read < out.count {
      var end = read + 1
      while end < out.count, out[end] != Byte.slash { end += 1 }
      let length = end - read
      let isDot = length == 2 && out[read + 1] == Byte.dot
      let isDotDot = length == 3 && out[read + 1] == Byte.dot && out[read + 2] == Byte.dot
      if isDotDot {
        while write > start {
          write -= 1
          if out[write] == Byte.slash { break }
        }
      }
      if isDot || isDotDot {
        if end == out.count {
          out[write] = Byte.slash
          write += 1
        }
      } else {
        for index in read..<end {
          out[write] = out[index]
          write += 1
        }
      }
      read = end
    }
    out.removeSubrange(write..<out.count)
    if write == start { out.append(Byte.slash) }
  }

  /// Truncates what was appended since `start` to ``RequestTarget/longestPath`` bytes, without splitting an escape.
  public static func truncate(_ out: inout [UInt8], from start: Int) {
    guard out.count - start > RequestTarget.longestPath else { return }
    var end = start + RequestTarget.longestPath
    if out[end - 1] == Byte.percent { end -= 1 } else if out[end - 2] == Byte.percent { end -= 2 }
    out.removeSubrange(end..<out.count)
  }

  private static func startsSessionID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let name = sessionParameter
    guard range.count >= name.count else { return false }
    for (offset, expected) in name.enumerated() {
      let byte = bytes[range.lowerBound + offset]
      guard byte == expected || (RequestTarget.isLetter(byte) && byte | 0x20 == expected) else { return false }
    }
    return true
  }

  private static func endOfSegment(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    for index in range where bytes[index] == Byte.slash { return index }
    return range.upperBound
  }

  private static let sessionParameter = Array(";jsessionid=".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    RequestTarget.isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == Byte.hyphen
      || byte == Byte.dot || byte == Byte.underscore || byte == Byte.tilde
  }

  /// Whether a byte is allowed in a path: RFC 3986's `pchar` and the slash.
  private static func mayStand(_ byte: UInt8) -> Bool {
    isUnreserved(byte) || byte == Byte.slash || subDelimiters.contains(byte)
  }

  private static let subDelimiters = Array("!$&'()*+,;=:@".utf8)

  /// Bytes that are allowed in a normalised path and need no further check: `pchar` without `%` and `;`, and the
  /// slash. One bit each: `low` for bytes below 64, `high` for the others below 128.
  private static let plainBytes: (low: UInt64, high: UInt64) = {
    let plain = (UInt8(0)..<128).filter { mayStand($0) && $0 != Byte.semicolon }
    func bits(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
    return (bits(plain.filter { $0 < 64 }), bits(plain.filter { $0 >= 64 }))
  }()
}

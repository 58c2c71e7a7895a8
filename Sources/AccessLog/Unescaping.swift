import ByteScanning

/// Takes out the escapes that servers put into quoted fields.
///
/// nginx writes `\xHH` for quotes, backslashes and bytes outside printable ASCII; Apache writes `\"`, `\\`, C's letters
/// and `\xhh`. The two never contradict each other, so one reader serves both. Sources of the rule: nginx's
/// `ngx_http_log_escape`, Apache's `ap_escape_logitem`.
public enum Unescaping {
  /// Appends the bytes in `range` without escapes.
  public static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) {
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let backslash = ByteSearch.firstIndex(of: Byte.backslash, in: bytes, from: index, to: end)
      ByteCopy.append(bytes, index..<backslash, to: &out)
      guard backslash < end else { return }
      index = backslash + appendEscape(bytes, backslash..<end, to: &out)
    }
  }

  /// Appends what the escape at the start of `range` stands for, and returns its width. A backslash that starts no
  /// escape stands for itself.
  private static func appendEscape(_ bytes: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]) -> Int {
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
    guard let byte = letters[letter] else {
      out.append(Byte.backslash)
      return 1
    }
    out.append(byte)
    return 2
  }

  private static let letters: [UInt8: UInt8] = [
    Byte.quote: Byte.quote, Byte.backslash: Byte.backslash, 0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08,
    0x66: 0x0C, 0x76: 0x0B,
  ]
}

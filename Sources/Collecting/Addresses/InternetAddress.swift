import ByteScanning

/// Parses the text forms of internet addresses.
///
/// Source of the rule: RFC 4291, section 2.2, and RFC 3986's `IPv4address` (no leading zeros beyond what servers
/// log).
public enum InternetAddress {
  /// Appends the four bytes of a dotted IPv4 address; returns false and appends nothing if the text is not one.
  public static func appendIPv4(
    _ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) -> Bool {
    guard let address = ipv4(text, range) else { return false }
    for shift in [UInt32(24), 16, 8, 0] { out.append(UInt8(truncatingIfNeeded: address >> shift)) }
    return true
  }

  /// Returns a dotted IPv4 address as a number, with its first part in the highest bits; nil if the text is not one.
  private static func ipv4(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    guard range.count >= 7, range.count <= 15 else { return nil }
    var address: UInt32 = 0
    var dots = 0
    var value: UInt32 = 0
    var digits = 0
    for index in range {
      let byte = text[index]
      if byte == Byte.dot {
        guard digits > 0, dots < 3 else { return nil }
        address = address << 8 | value
        dots += 1
        value = 0
        digits = 0
      } else {
        guard byte >= 0x30, byte <= 0x39, digits < 3 else { return nil }
        value = value * 10 + UInt32(byte - 0x30)
        digits += 1
        guard value <= 255 else { return nil }
      }
    }
    return digits > 0 && dots == 3 ? address << 8 | value : nil
  }

  /// Appends the sixteen bytes of an IPv6 address; returns false and appends nothing if the text is not one.
  public static func appendIPv6(
    _ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) -> Bool {
    guard range.count >= 2, range.count <= 45 else { return false }
    let start = out.count
    var gap = -1
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == Byte.colon {
        let doubled = index + 1 < range.upperBound && text[index + 1] == Byte.colon
        if doubled {
          guard gap < 0 else { return undo(&out, start) }
          gap = out.count
          index += 2
          continue
        }
        guard index > range.lowerBound, out.count > start, out.count != gap, index + 1 < range.upperBound
        else { return undo(&out, start) }
        index += 1
      } else if out.count > start, out.count != gap, text[index - 1] != Byte.colon {
        return undo(&out, start)
      }
      guard let end = appendGroup(text, index..<range.upperBound, to: &out), out.count - start <= 16
      else { return undo(&out, start) }
      index = end
    }
    return fillGap(gap, start, &out)
  }

  /// Appends one group of up to four hexadecimal digits, or a dotted IPv4 address at the end; returns the index
  /// after it.
  private static func appendGroup(
    _ text: Span<UInt8>, _ range: Range<Int>, to out: inout [UInt8]
  ) -> Int? {
    var value = 0
    var index = range.lowerBound
    while index < range.upperBound, let digit = HexDigits.value(text[index]) {
      value = value << 4 | Int(digit)
      index += 1
      guard index - range.lowerBound <= 4 else { return nil }
    }
    if index < range.upperBound, text[index] == Byte.dot {
      return appendIPv4(text, range, to: &out) ? range.upperBound : nil
    }
    guard index > range.lowerBound else { return nil }
    out.append(UInt8(value >> 8))
    out.append(UInt8(value & 0xFF))
    return index
  }

  private static func fillGap(_ gap: Int, _ start: Int, _ out: inout [UInt8]) -> Bool {
    let missing = 16 - (out.count - start)
    guard gap >= 0 else { return missing == 0 ? true : undo(&out, start) }
    guard missing >= 2 else { return undo(&out, start) }
    out.insert(contentsOf: repeatElement(0, count: missing), at: gap)
    return true
  }

  private static func undo(_ out: inout [UInt8], _ start: Int) -> Bool {
    out.removeSubrange(start..<out.count)
    return false
  }
}

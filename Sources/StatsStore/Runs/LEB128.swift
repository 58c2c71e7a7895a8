/// Numbers of one byte for each seven bits, the lowest ones first.
enum LEB128 {
  /// Appends a number.
  static func append(_ number: UInt64, to data: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Returns the number at a position, which then is the one after it; nil if there is none of at most `bits` bits.
  @inline(__always)
  static func number(in data: [UInt8], at position: inout Int, bits: UInt64 = 64) -> UInt64? {
    guard position < data.count else { return nil }
    let first = data[position]
    // Most numbers are of one byte.
    guard first >= 0x80 else {
      position &+= 1
      return UInt64(first)
    }
    return longNumber(in: data, at: &position, bits: bits)
  }

  private static func longNumber(in data: [UInt8], at position: inout Int, bits: UInt64) -> UInt64? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while position < data.count, shift < bits {
      let byte = data[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }
}

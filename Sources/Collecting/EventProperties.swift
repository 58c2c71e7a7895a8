import ByteScanning

/// Reads the properties of an event: a flat JSON object whose values are strings, numbers and booleans.
///
/// Source of the rules: the collect API's contract; RFC 8259 for JSON itself.
public struct EventProperties {
  private enum Failure: Error {
    case notFlat
  }

  private let end: Int
  private let separator: UInt8
  private var position: Int
  /// Where in the output each name lies that was met.
  private var names: [Range<Int>] = []

  private init(_ range: Range<Int>, separator: UInt8) {
    position = range.lowerBound
    end = range.upperBound
    self.separator = separator
  }

  /// Appends names and values in turn, each with `separator` before it; nothing for an empty range.
  ///
  /// Escapes are decoded and control characters left out; numbers stay as they are written.
  /// - Returns: false, with `out` as it was, where it is no flat object, or where a name is empty or comes twice.
  public static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8, to out: inout [UInt8]
  ) -> Bool {
    guard !range.isEmpty else { return true }
    let start = out.count
    var reader = EventProperties(range, separator: separator)
    do throws(Failure) {
      try reader.object(bytes, &out)
      return true
    } catch {
      out.removeSubrange(start...)
      return false
    }
  }

  private mutating func object(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    skipBlanks(bytes)
    try take(UInt8(ascii: "{"), bytes)
    skipBlanks(bytes)
    if peek(bytes) == UInt8(ascii: "}") {
      position += 1
    } else {
      repeat { try property(bytes, &out) } while try isMore(bytes)
    }
    skipBlanks(bytes)
    guard position == end else { throw .notFlat }
  }

  /// Passes the comma before another property, or the end of the object.
  private mutating func isMore(_ bytes: Span<UInt8>) throws(Failure) -> Bool {
    skipBlanks(bytes)
    guard let byte = peek(bytes), byte == Byte.comma || byte == UInt8(ascii: "}") else { throw .notFlat }
    position += 1
    return byte == Byte.comma
  }

  private mutating func property(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    skipBlanks(bytes)
    out.append(separator)
    let start = out.count
    try string(bytes, &out)
    let name = start..<out.count
    guard !name.isEmpty, !names.contains(where: { out[$0].elementsEqual(out[name]) }) else { throw .notFlat }
    names.append(name)
    skipBlanks(bytes)
    try take(Byte.colon, bytes)
    skipBlanks(bytes)
    out.append(separator)
    if peek(bytes) == Byte.quote { try string(bytes, &out) } else { try word(bytes, &out) }
  }

  private mutating func string(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    try take(Byte.quote, bytes)
    while position < end, bytes[position] != Byte.quote {
      let byte = bytes[position]
      position += 1
      guard byte >= 0x20 else { throw .notFlat }
      if byte == Byte.backslash { try escape(bytes, &out) } else if byte != 0x7F { out.append(byte) }
    }
    try take(Byte.quote, bytes)
  }

  /// What follows a backslash; line ends, tabs and other control characters are left out.
  private mutating func escape(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    guard let byte = peek(bytes) else { throw .notFlat }
    position += 1
    switch byte {
    case Byte.quote, Byte.backslash, Byte.slash: out.append(byte)
    case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): break
    case UInt8(ascii: "u"): try scalar(bytes, &out)
    default: throw .notFlat
    }
  }

  /// The four digits after `\u`, and the second half of a pair of surrogates.
  private mutating func scalar(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    var value = try hex(bytes)
    if value & 0xFC00 == 0xD800 {
      try take(Byte.backslash, bytes)
      try take(UInt8(ascii: "u"), bytes)
      let low = try hex(bytes)
      guard low & 0xFC00 == 0xDC00 else { throw .notFlat }
      value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
    }
    guard let scalar = Unicode.Scalar(value) else { throw .notFlat }
    if value >= 0x20, value != 0x7F { out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
  }

  private mutating func hex(_ bytes: Span<UInt8>) throws(Failure) -> UInt32 {
    guard position + 4 <= end else { throw .notFlat }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = HexDigits.value(bytes[position]) else { throw .notFlat }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// `true`, `false` or a number, as it is written.
  private mutating func word(_ bytes: Span<UInt8>, _ out: inout [UInt8]) throws(Failure) {
    let start = out.count
    while let byte = peek(bytes), byte != Byte.comma, byte != UInt8(ascii: "}"), byte > Byte.space {
      out.append(byte)
      position += 1
    }
    let word = out[start...]
    guard word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) || Self.isNumber(word) else {
      throw .notFlat
    }
  }

  /// Whether it is a number of JSON: `-0.5e+3`, without leading zeros.
  static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func digits() -> Int {
      let before = rest.count
      rest = rest.drop { $0 &- 0x30 <= 9 }
      return before - rest.count
    }
    if rest.first == Byte.hyphen { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == 0x30
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == Byte.dot {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let first = rest.first, first | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == Byte.plus || rest.first == Byte.hyphen { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private func peek(_ bytes: Span<UInt8>) -> UInt8? {
    position < end ? bytes[position] : nil
  }

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) throws(Failure) {
    guard peek(bytes) == byte else { throw .notFlat }
    position += 1
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while let byte = peek(bytes), byte == Byte.space || (byte >= 0x09 && byte <= 0x0A) || byte == 0x0D {
      position += 1
    }
  }
}

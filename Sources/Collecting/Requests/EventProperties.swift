import ByteScanning

/// Parses the properties of an event: a flat JSON object whose values are strings, numbers and booleans.
///
/// Source of the rules: the collect API's contract, docs/api.md.
public enum EventProperties {
  /// Appends names and values alternately, each preceded by `separator`; nothing for an empty range.
  ///
  /// Escapes are decoded and control characters dropped. Numbers stay as written.
  /// - Returns: false, with `out` unchanged, if it is not a flat object, or if a name is empty or appears twice.
  public static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8, to out: inout [UInt8]
  ) -> Bool {
    guard !range.isEmpty else { return true }
    let start = out.count
    var reader = JSONReader(range)
    do throws(JSONFault) {
      try appendObject(&reader, bytes, separator, &out)
      return true
    } catch {
      out.removeSubrange(start...)
      return false
    }
  }

  private static func appendObject(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ separator: UInt8, _ out: inout [UInt8]
  ) throws(JSONFault) {
    // Where the names read so far are in the output.
    var names: [Range<Int>] = []
    reader.skipBlanks(bytes)
    if try reader.open(Byte.openBrace, Byte.closeBrace, bytes) {
      repeat {
        try appendProperty(&reader, bytes, separator, &names, &out)
      } while try reader.isMore(before: Byte.closeBrace, bytes)
    }
    reader.skipBlanks(bytes)
    guard reader.isAtEnd else { throw .syntax }
  }

  private static func appendProperty(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ separator: UInt8, _ names: inout [Range<Int>],
    _ out: inout [UInt8]
  ) throws(JSONFault) {
    out.append(separator)
    let start = out.count
    try JSONText.append(bytes, try reader.name(bytes), keepsControls: false, to: &out)
    let name = start..<out.count
    guard !name.isEmpty, !names.contains(where: { out[$0].elementsEqual(out[name]) }) else { throw .syntax }
    names.append(name)
    out.append(separator)
    if reader.peek(bytes) == Byte.quote {
      try JSONText.append(bytes, try reader.string(bytes), keepsControls: false, to: &out)
    } else {
      let word = try reader.word(bytes)
      guard bytes[word.lowerBound] != UInt8(ascii: "n") else { throw .syntax }
      ByteCopy.append(bytes, word, to: &out)
    }
  }
}

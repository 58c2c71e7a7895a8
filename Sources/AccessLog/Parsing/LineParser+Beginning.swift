import ByteScanning

// Where the fields of a line begin: behind NULs, blanks, quotes around the whole line, and envelopes.
extension LineParser {
  /// Skips NULs, blanks, envelopes and the quotes around a quoted line; recognises empty lines and comments.
  mutating func skipLeadingBytes(_ bytes: Span<UInt8>) -> MalformedLine? {
    let start = position
    while position < end, bytes[position] == 0 { position += 1 }
    if position == end, position > start { return .binary }
    while position < end, Self.isPassedAtStart(bytes[position]) { position += 1 }
    guard position < end else { return .empty }
    if bytes[position] == Byte.numberSign {
      takeComment(bytes)
      return .comment
    }
    if !format.envelopes.isEmpty, let reason = takeOffEnvelopes(bytes) { return reason }
    if position < end, bytes[position] == Byte.quote, !format.startsWithQuote,
      Self.isQuotedAsAWhole(bytes, position..<end)
    {
      position += 1
      end -= 1
    }
    return nil
  }

  /// Whether a byte is skipped at the start: a blank, or the mark before a record of a JSON text sequence. Source: RFC 7464.
  static func isPassedAtStart(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.tab || byte == 0x1E
  }

  /// Reads a comment that may describe the lines after it.
  mutating func takeComment(_ bytes: Span<UInt8>) {
    if format.isHeaderDriven { ColumnHeader.read(bytes, position..<end, into: &format) }
  }

  /// Strips the envelopes around the line.
  mutating func takeOffEnvelopes(_ bytes: Span<UInt8>) -> MalformedLine? {
    envelopeTime = nil
    for index in format.envelopes.indices {
      if format.envelopes[index] == .json {
        guard let inner else { return .syntax }
        (position, end) = (inner.text.lowerBound, inner.text.upperBound)
        envelopeTime = inner.time ?? envelopeTime
        continue
      }
      guard let content = format.envelopes[index].content(bytes, position..<end, &times) else {
        if format.envelopesAreOptional { continue }
        return .syntax
      }
      position = content.text.lowerBound
      envelopeTime = content.time ?? envelopeTime
    }
    return nil
  }

  /// Whether the quotes at both ends enclose the whole line rather than its first and last fields: the next quote then
  /// opens the request, so no separator follows it.
  static func isQuotedAsAWhole(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count >= 2, bytes[line.upperBound - 1] == Byte.quote else { return false }
    let next = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: line.lowerBound + 1, to: line.upperBound)
    return next == line.upperBound - 1 || (bytes[next + 1] != Byte.space && bytes[next + 1] != Byte.tab)
  }
}

import ByteScanning

// Steps of formats that come from a server's configuration or consist of columns: literals, and the fields up to
// them.
extension LineParser {
  mutating func takeConfigured(
    _ step: LogFormat.ConfiguredStep, _ bytes: Span<UInt8>, _ line: inout LogLine
  ) -> MalformedLine? {
    switch step {
    case .literal(let literal): takeLiteral(literal, bytes)
    case .text(let field, let literal, let isQuoted): takeText(field, literal, isQuoted, bytes, &line)
    case .rest(let field): takeRest(field, bytes, &line)
    case .column(let field): takeColumn(field, bytes, &line)
    case .captures: takeCaptures(bytes, &line)
    case .object: takeWholeObject(bytes, &line)
    case .pairs: takePairs(bytes, &line)
    case .envelope: takeEnvelope(bytes, &line)
    case .labels: takeLabels(bytes, &line)
    case .quotedCaptures: takeQuotedCaptures(bytes, &line)
    case .cacheResult: takeCacheResult(bytes)
    case .knownDay: line.timestamp < 86_400 ? .time : nil
    case .envelopeTime: takeEnvelopeTime(&line)
    }
  }

  private mutating func takeEnvelopeTime(_ line: inout LogLine) -> MalformedLine? {
    guard let envelopeTime else { return .time }
    line.timestamp = envelopeTime
    return nil
  }

  /// Parses `TCP_MISS:FIRSTUP_PARENT`, up to the end of the line.
  private mutating func takeCacheResult(_ bytes: Span<UInt8>) -> MalformedLine? {
    skipBlanks(bytes)
    var hasColon = false
    for index in position..<end {
      switch bytes[index] {
      case Byte.colon: hasColon = true
      case 0x30...0x39, 0x41...0x5A, Byte.underscore, Byte.slash: continue
      default: return .trailing
      }
    }
    position = end
    return hasColon ? nil : .fieldMissing
  }

  private mutating func takeLiteral(_ literal: LogFormat.Literal, _ bytes: Span<UInt8>) -> MalformedLine? {
    guard isLiteral(literal, bytes, position) else { return position >= end ? .fieldMissing : .request }
    position += Int(literal.count)
    if format.joinsBlanks { skipBlanks(bytes) }
    return nil
  }

  private func isLiteral(_ literal: LogFormat.Literal, _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    let count = Int(literal.count)
    guard start + count <= end else { return false }
    return ByteSearch.areEqual(
      bytes, from: start, format.literals.span, from: Int(literal.start), count: count)
  }

  private mutating func takeText(
    _ field: LogField, _ literal: LogFormat.Literal, _ isQuoted: Bool, _ bytes: Span<UInt8>, _ line: inout LogLine
  ) -> MalformedLine? {
    if case .time = field {
      return takeTime(field, bytes, &line) ?? takeLiteral(literal, bytes)
    }
    let start = position
    let first = format.literals[Int(literal.start)]
    var index = start
    while true {
      index = ByteSearch.firstIndex(of: first, in: bytes, from: index, to: end)
      guard index < end else { return isQuoted ? .quote : .fieldMissing }
      let isWithin = isQuoted ? Self.isEscaped(bytes, index, from: start) : isInList(field, bytes, index, from: start)
      if !isWithin, isLiteral(literal, bytes, index) { break }
      index += 1
    }
    position = index + Int(literal.count)
    if format.joinsBlanks { skipBlanks(bytes) }
    return store(field, bytes, start..<index, &line)
  }

  /// Whether the blank at `index` follows a comma in a list of addresses.
  private func isInList(_ field: LogField, _ bytes: Span<UInt8>, _ index: Int, from start: Int) -> Bool {
    (field == .forwarded || field == .address) && index > start && bytes[index - 1] == Byte.comma
  }

  private mutating func takeTime(_ field: LogField, _ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard case .time(let form) = field,
      let reading = times.read(form, format.literals, bytes, at: position, before: end)
    else { return .time }
    line.timestamp += reading.seconds
    position = reading.end
    return nil
  }

  private mutating func takeRest(_ field: LogField, _ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if case .time = field { return takeTime(field, bytes, &line) }
    // It stays in front of the parser, for whoever looks into what the format skips.
    if field == .unused { return nil }
    var last = end
    while last > position, bytes[last - 1] == Byte.space || bytes[last - 1] == Byte.tab { last -= 1 }
    let range = position..<last
    position = end
    return store(field, bytes, range, &line)
  }

  // MARK: Columns

  private mutating func takeColumn(_ field: LogField, _ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position < end else { return field == .unused ? nil : .fieldMissing }
    let range: Range<Int>
    switch bytes[position] {
    case Byte.quote: range = paired(Byte.quote, bytes)
    // An address in brackets is followed by its port.
    case Byte.openBracket where field != .address: range = paired(Byte.closeBracket, bytes)
    default: range = bare(bytes)
    }
    guard range.upperBound <= end else { return .quote }
    if case .time(let form) = field {
      guard let reading = times.read(form, format.literals, bytes, at: range.lowerBound, before: range.upperBound),
        reading.end == range.upperBound
      else { return .time }
      line.timestamp += reading.seconds
      return nil
    }
    return store(field, bytes, range, &line)
  }

  /// Parses a column up to the next blank or tab.
  private mutating func bare(_ bytes: Span<UInt8>) -> Range<Int> {
    let start = position
    var index = start
    while index < end, bytes[index] != Byte.space, bytes[index] != Byte.tab { index += 1 }
    passSeparator(bytes, after: index)
    return start..<index
  }

  /// Parses a column between a quote or bracket and its partner, which must precede a separator or the end of the
  /// line. Returns a range past the end of the line if there is no partner.
  private mutating func paired(_ close: UInt8, _ bytes: Span<UInt8>) -> Range<Int> {
    let start = position + 1
    var index = start
    while true {
      index = ByteSearch.firstIndex(of: close, in: bytes, from: index, to: end)
      guard index < end else { return start..<end + 1 }
      let isLast = index + 1 == end || bytes[index + 1] == Byte.space || bytes[index + 1] == Byte.tab
      if isLast, close != Byte.quote || !Self.isEscaped(bytes, index, from: start) { break }
      index += 1
    }
    passSeparator(bytes, after: index + 1)
    return start..<index
  }

  private mutating func passSeparator(_ bytes: Span<UInt8>, after index: Int) {
    position = min(index + 1, end)
    if format.joinsBlanks { skipBlanks(bytes) }
  }

  /// Parses HAProxy's captured headers: `{a|b}` of the request, then `{c}` of the response, which is ignored.
  ///
  /// The line does not name the headers, so they are identified by what they look like.
  private mutating func takeCaptures(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    var isRequest = true
    while position < end, bytes[position] == Byte.openBrace {
      let range = paired(Byte.closeBrace, bytes)
      guard range.upperBound <= end else { return .quote }
      if isRequest { storeCaptures(bytes, range, &line) }
      isRequest = false
    }
    return nil
  }

  /// Parses the remaining quoted columns, identified by what they look like.
  private mutating func takeQuotedCaptures(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    while position < end, bytes[position] == Byte.quote {
      let range = paired(Byte.quote, bytes)
      guard range.upperBound <= end else { return .quote }
      CapturedHeader.store(bytes, range, &line)
      skipBlanks(bytes)
    }
    return position >= end ? nil : .trailing
  }

  private func storeCaptures(_ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine) {
    var start = range.lowerBound
    while start < range.upperBound {
      let bar = ByteSearch.firstIndex(of: Byte.bar, in: bytes, from: start, to: range.upperBound)
      CapturedHeader.store(bytes, start..<bar, &line)
      start = bar + 1
    }
  }
}

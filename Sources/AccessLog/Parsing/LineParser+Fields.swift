import ByteScanning

// Stores values in the fields of a line.
extension LineParser {
  /// Stores the value in `range` in its field; `-` is no value.
  ///
  /// - Returns: why the value is invalid for its field; nil if it is valid.
  mutating func store(
    _ field: LogField, _ bytes: Span<UInt8>, _ value: Range<Int>, _ line: inout LogLine
  ) -> MalformedLine? {
    let isNone = value.isEmpty || ByteSearch.isHyphen(bytes, value)
    let range = isNone ? value.lowerBound..<value.lowerBound : value
    switch field {
    case .unused, .time: return nil
    case .host: if !isNone { line.host = range }
    case .address: return storeAddress(bytes, range, &line)
    case .forwarded: if line.forwarded.isEmpty { line.forwarded = range }
    case .user: line.user = range
    case .request: RequestLine.part(bytes, range, into: &line)
    case .absoluteRequest: return storeAbsolute(bytes, range, &line)
    case .method: line.method = range
    case .target: line.target = range
    case .query: line.query = withoutQuestionMark(bytes, range)
    case .status: return storeStatus(bytes, range, &line)
    case .size: return storeSize(bytes, range, &line)
    case .resultAndStatus:
      let slash = ByteSearch.firstIndex(of: Byte.slash, in: bytes, from: range.lowerBound, to: range.upperBound)
      guard slash < range.upperBound else { return .status }
      return storeStatus(bytes, slash + 1..<range.upperBound, &line)
    case .referrer:
      line.referrer = range
      line.recordsReferrers = true
    case .userAgent:
      line.userAgent = range
      line.lacksAgent = isNone
    case .optOut: if Self.asksNotToBeTracked(bytes, range) { line.asksNotToBeTracked = true }
    case .signatureAgent: line.signatureAgent = range
    }
    return nil
  }

  /// Stores the client. A word that cannot be a client shows that it is another field.
  private func storeAddress(_ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine) -> MalformedLine? {
    line.address = range
    let isClient =
      AddressShape.isClient(bytes, range) || (format.acceptsNames && EnvelopeText.isName(bytes, range))
    return isClient ? nil : .address
  }

  /// Stores method, host and target of a request with an absolute target: `GET https://example.com:443/ HTTP/1.1`.
  private func storeAbsolute(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine
  ) -> MalformedLine? {
    RequestLine.part(bytes, range, into: &line)
    if range.isEmpty { return nil }
    let colon = ByteSearch.firstIndex(
      of: Byte.colon, in: bytes, from: line.target.lowerBound, to: line.target.upperBound)
    guard colon + 2 < line.target.upperBound, bytes[colon + 1] == Byte.slash, bytes[colon + 2] == Byte.slash else {
      // A hyphen is logged for what was not an HTTP request. Anything else is a field of another format.
      return ByteSearch.isHyphen(bytes, line.method) ? nil : .request
    }
    let slash = ByteSearch.firstIndex(of: Byte.slash, in: bytes, from: colon + 3, to: line.target.upperBound)
    line.host = colon + 3..<slash
    line.target = slash..<line.target.upperBound
    return nil
  }

  private func withoutQuestionMark(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    range.isEmpty || bytes[range.lowerBound] != Byte.questionMark ? range : range.lowerBound + 1..<range.upperBound
  }

  /// Whether a value of `DNT` or `Sec-GPC` is 1, or a list that contains 1: proxies join several headers as `1, 0`.
  private static func asksNotToBeTracked(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] == 0x31 {
      let isStart = index == range.lowerBound || bytes[index - 1] == Byte.space || bytes[index - 1] == Byte.comma
      let isEnd = index + 1 == range.upperBound || bytes[index + 1] == Byte.comma || bytes[index + 1] == Byte.space
      if isStart, isEnd { return true }
    }
    return false
  }

  private func storeStatus(_ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine) -> MalformedLine? {
    guard let first = range.first else { return nil }
    // Vercel writes -1 if there was no response.
    let isNegative = bytes[first] == Byte.hyphen && range.count > 1
    let digits = isNegative ? first + 1..<range.upperBound : range
    guard digits.count <= 3, let value = number(bytes, digits) else { return .status }
    let status = isNegative ? 0 : value
    line.status = status == 0 ? -1 : Int(status)
    return nil
  }

  private func storeSize(_ bytes: Span<UInt8>, _ range: Range<Int>, _ line: inout LogLine) -> MalformedLine? {
    guard !range.isEmpty else { return nil }
    guard range.count <= 18, let size = number(bytes, range) else { return .size }
    line.size = size
    return nil
  }

  private func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for index in range {
      guard Self.isDigit(bytes[index]) else { return nil }
      value = value * 10 + Int64(bytes[index] - 0x30)
    }
    return value
  }
}

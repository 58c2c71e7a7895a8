import ByteScanning

// The fields of the common log format, in the order of the line: client, identity, user, time, request, status, size.
extension LineParser {
  /// Parses client, identity (which is dropped), user, time, request, status and size.
  mutating func takeCommon(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeAddress(bytes, &line) { return reason }
    if isDash(bytes) {
      position += 2
    } else if let reason = takeIdentity(bytes, line) {
      return reason
    }
    if let reason = takeUser(bytes, &line) { return reason }
    return takeTimeToSize(bytes, &line)
  }

  /// Parses the same fields with the host, or `-`, instead of the identity.
  mutating func takeCommonWithHost(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeAddress(bytes, &line) ?? takeHost(bytes, &line) { return reason }
    // Only the user may follow before the time. If two fields do, the supposed host is an identity.
    if isDash(bytes), bytes[position + 2] != Byte.openBracket { return .address }
    if let reason = takeUser(bytes, &line) { return reason }
    return takeTimeToSize(bytes, &line)
  }

  mutating func takeHost(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard let word = takeWord(bytes) else { return .fieldMissing }
    guard AddressShape.isHost(bytes, word) else { return .address }
    let isNone = ByteSearch.isHyphen(bytes, word)
    if !isNone { line.host = word }
    return nil
  }

  mutating func takeAddress(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard var word = takeWord(bytes) else { return .address }
    while bytes[word.upperBound - 1] == Byte.comma {
      guard let next = takeWord(bytes) else { return .address }
      word = word.lowerBound..<next.upperBound
    }
    guard AddressShape.isIPv4(bytes, word) || isOtherClient(bytes, word, host: line.host) else { return .address }
    line.address = word
    return nil
  }

  /// Whether a word that is not an IPv4 address is a client all the same. If another word before the time is an address, that
  /// one is the client.
  func isOtherClient(_ bytes: Span<UInt8>, _ word: Range<Int>, host: Range<Int>) -> Bool {
    let isNone = ByteSearch.isHyphen(bytes, word)
    guard isNone || !AddressShape.isClient(bytes, word) else { return true }
    // An address followed by `-` is the client, not a host whose client is missing.
    if isNone, !host.isEmpty, AddressShape.isAddress(bytes, host) { return false }
    guard isNone || (format.acceptsNames && EnvelopeText.isName(bytes, word)) else { return false }
    let bracket = ByteSearch.firstIndex(of: Byte.openBracket, in: bytes, from: position, to: end)
    return !AddressShape.containsAddress(bytes, position..<bracket)
  }

  /// Skips the identity; some servers write neither identity nor user. An identity is never a host or an address: such a
  /// line has another format, unless the word follows a list of addresses and is the server's own.
  mutating func takeIdentity(_ bytes: Span<UInt8>, _ line: LogLine) -> MalformedLine? {
    if position < end, bytes[position] == Byte.openBracket { return nil }
    guard let word = takeWord(bytes) else { return .fieldMissing }
    guard AddressShape.isAddressWord(bytes, word) || AddressShape.isName(bytes, word) else { return nil }
    let comma = ByteSearch.firstIndex(
      of: Byte.comma, in: bytes, from: line.address.lowerBound, to: line.address.upperBound)
    return comma < line.address.upperBound ? nil : .address
  }

  /// Parses the user: everything up to the blank before the time's bracket.
  mutating func takeUser(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    let start = position
    if start < end, bytes[start] == Byte.openBracket, Self.isTime(bytes, start, end) {
      // If there is a host but no user, it is really the client that is missing.
      return line.host.isEmpty ? nil : .fieldMissing
    }
    var bracket = isDash(bytes) ? start + 2 : start
    while true {
      if bracket >= end || bytes[bracket] != Byte.openBracket {
        bracket = ByteSearch.firstIndex(of: Byte.openBracket, in: bytes, from: bracket, to: end)
      }
      guard bracket < end else { return .time }
      if bracket > start, bytes[bracket - 1] == Byte.space, Self.isTime(bytes, bracket, end) { break }
      bracket += 1
    }
    line.user = start..<bracket - 1
    position = bracket
    return line.user.count > 2 && hasAddressAmongWords(bytes, line.user) ? .address : nil
  }

  /// Whether a user name of several words contains an address, which shows that the line has other fields. A name of one word
  /// may be anything, even an address.
  func hasAddressAmongWords(_ bytes: Span<UInt8>, _ user: Range<Int>) -> Bool {
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: user.lowerBound, to: user.upperBound)
    return blank < user.upperBound && AddressShape.containsAddress(bytes, user)
  }

  /// Whether the bracket opens a date: `[10/Oct/`, `[2024-10-` or `[2024/10/`.
  static func isTime(_ bytes: Span<UInt8>, _ bracket: Int, _ end: Int) -> Bool {
    guard bracket + 5 < end else { return false }
    if bytes[bracket + 3] == Byte.slash { return true }
    return (bytes[bracket + 5] == Byte.hyphen || bytes[bracket + 5] == Byte.slash) && isDigit(bytes[bracket + 1])
  }

  @inline(__always)
  mutating func takeTimeToSize(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeTime(bytes, &line) { return reason }
    if let reason = takeRequest(bytes, &line) { return reason }
    if let reason = takeStatus(bytes, &line) { return reason }
    return takeSize(bytes, &line)
  }

  mutating func takeTime(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    var close = position + 1 + LogTimestamp.length
    if close < end, bytes[position] == Byte.openBracket, bytes[close] == Byte.closeBracket,
      let timestamp = times.readCommon(bytes, at: position + 1)
    {
      line.timestamp = timestamp
    } else {
      guard position < end, bytes[position] == Byte.openBracket else { return .time }
      close = ByteSearch.firstIndex(of: Byte.closeBracket, in: bytes, from: position, to: end)
      guard close < end, let timestamp = times.readBracketed(bytes, position + 1, close) else { return .time }
      line.timestamp = timestamp
    }
    position = close + 1
    skipBlanks(bytes)
    return nil
  }

  /// Parses the quoted request, up to the quote that a status follows.
  mutating func takeRequest(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position < end, bytes[position] == Byte.quote else { return .request }
    let start = position + 1
    var quote = start
    var hasQuotes = false
    while true {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: end)
      guard quote < end else { return .quote }
      if Self.isFollowedByStatus(bytes, quote, end), !Self.isEscaped(bytes, quote, from: start) { break }
      hasQuotes = true
      quote += 1
    }
    if hasQuotes, !RequestLine.isOneField(bytes, start..<quote) { return .request }
    RequestLine.part(bytes, start..<quote, into: &line)
    position = quote + 2
    return nil
  }

  static func isFollowedByStatus(_ bytes: Span<UInt8>, _ quote: Int, _ end: Int) -> Bool {
    guard quote + 2 < end, bytes[quote + 1] == Byte.space else { return false }
    if bytes[quote + 2] == Byte.hyphen { return quote + 3 >= end || bytes[quote + 3] == Byte.space }
    guard quote + 4 < end, quote + 5 >= end || bytes[quote + 5] == Byte.space else {
      return isFollowedByZero(bytes, quote, end)
    }
    return isDigit(bytes[quote + 2]) && isDigit(bytes[quote + 3]) && isDigit(bytes[quote + 4])
      || isFollowedByZero(bytes, quote, end)
  }

  /// Whether a quote is followed by status 0, as servers write it that sent no response. It is followed by the size alone;
  /// a duration of 0 is followed by the status and the size.
  static func isFollowedByZero(_ bytes: Span<UInt8>, _ quote: Int, _ end: Int) -> Bool {
    guard quote + 4 < end, bytes[quote + 2] == 0x30, bytes[quote + 3] == Byte.space else { return false }
    let size = quote + 4
    var next = bytes[size] == Byte.hyphen ? size + 1 : size
    if next == size { while next < end, isDigit(bytes[next]) { next += 1 } }
    guard next > size else { return false }
    return next == end || (bytes[next] == Byte.space && (next + 1 == end || bytes[next + 1] == Byte.quote))
  }

  mutating func takeStatus(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position < end else { return .fieldMissing }
    if position + 1 == end || bytes[position + 1] == Byte.space {
      // A hyphen, or 0: there is no status.
      position += 1
    } else {
      line.status =
        Int(bytes[position] - 0x30) * 100 + Int(bytes[position + 1] - 0x30) * 10
        + Int(bytes[position + 2] - 0x30)
      position += 3
    }
    skipBlanks(bytes)
    return nil
  }

  mutating func takeSize(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position < end else { return .fieldMissing }
    guard let size = takeNumber(bytes) else { return .size }
    line.size = size
    while position < end, bytes[position] != Byte.quote {
      let before = position
      if !takeDuration(bytes) || Self.isBareFieldNext(bytes, before, end) {
        position = before
        return nil
      }
    }
    return nil
  }

  /// Skips a number, with or without decimals, or `-` after the size: Rack's common log ends in a duration.
  mutating func takeDuration(_ bytes: Span<UInt8>) -> Bool {
    if takeNumber(bytes) != nil { return true }
    var next = position
    while next < end, Self.isDigit(bytes[next]) || bytes[next] == Byte.dot { next &+= 1 }
    guard next > position, Self.isDigit(bytes[position]), next == end || bytes[next] == Byte.space else { return false }
    position = next
    skipBlanks(bytes)
    return true
  }

  /// Whether the `-` at `index` is an unquoted referrer rather than a missing number, since a quote follows it.
  static func isBareFieldNext(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
    bytes[index] == Byte.hyphen && index + 2 < end && bytes[index + 2] == Byte.quote
  }
}

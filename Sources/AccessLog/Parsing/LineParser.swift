import ByteScanning
import Hits

// Why it is built so: every line of every log passes here. The parser walks the steps of the compiled format with one
// position, searches eight bytes at a time, keeps offsets only and never allocates. Lines that servers really write decide
// the rules (quotes left unescaped, blanks in users and targets, several addresses): each has a case in the tests.

/// Finds the fields of a line.
public struct LineParser: Sendable {
  /// The format; lines of a header put another one in its place.
  private(set) var format: LogFormat
  private let formatImpliesGET: Bool
  var times: TimeReader
  var position = 0
  var end = 0
  /// Which fields of keys were found in the line, and by which of their keys.
  var found = FoundKeys()
  /// The envelope's time of the line; nil where it tells none.
  var envelopeTime: Int64?
  /// The text that JSON around the line holds, and the JSON's time; nil where none is around it.
  private var inner: (text: Range<Int>, time: Int64?)?
  /// For lines that are none of the format.
  private var others: [LineParser]
  /// Which format read the line parsed last: 0 for the first one, or the number of one of the others.
  public private(set) var alternative = 0

  /// A parser of lines of that format.
  ///
  /// - Parameter zone: the zone of times that name none.
  public init(_ format: LogFormat, zone: LocalCalendar = .utc) {
    self.init(format, zone: zone, assuming: nil)
  }

  /// - Parameter time: the time of lines that tell none, for finding out whether that is all they lack.
  init(_ format: LogFormat, zone: LocalCalendar, assuming time: Int64?) {
    self.format = format
    envelopeTime = time
    formatImpliesGET = format.impliesGET
    mayImplyGET = format.alternatives.contains(where: \.mayImplyGET)
    times = TimeReader(zone: zone)
    others = format.others.map { LineParser($0, zone: zone, assuming: time) }
  }

  /// The index after the last byte that was read of the line parsed last.
  var endOfReading: Int { alternative == 0 ? position : others[alternative - 1].position }

  /// Whether there may be lines with a target and no method.
  public let mayImplyGET: Bool

  /// Whether the line parsed last has a target and no method, since its format has no column for one: it is a GET.
  public var impliesGET: Bool {
    alternative == 0 ? formatImpliesGET || found.impliesGET : others[alternative - 1].impliesGET
  }

  /// Fills in where the fields of the line lie.
  ///
  /// - Returns: nil for a line of the format, else why it is none; then `line` holds what was found before.
  public mutating func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine
  ) -> MalformedLine? {
    let reason = parseAlone(bytes, range, into: &line)
    alternative = 0
    guard let reason, !others.isEmpty else { return reason }
    return parseOtherwise(bytes, range, into: &line, reason)
  }

  /// Fills in where the fields of an unwrapped line lie.
  ///
  /// - Parameters:
  ///   - bytes: the buffer of the line, and of what was taken out of it.
  ///   - range: where the line lies as it stands in the file.
  public mutating func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ unwrapped: UnwrappedLine, into line: inout LogLine
  ) -> MalformedLine? {
    switch unwrapped {
    case .part:
      line = LogLine()
      return .part
    case .asItIs: return parse(bytes, range, into: &line)
    case .joined(let text): return parse(bytes, text, into: &line)
    case .text(let text, let time):
      setInner((text, time))
      defer { setInner(nil) }
      return parse(bytes, range, into: &line)
    }
  }

  private mutating func setInner(_ inner: (text: Range<Int>, time: Int64?)?) {
    self.inner = inner
    for index in others.indices { others[index].setInner(inner) }
  }

  /// Tries the other formats on a line that is none of the first one.
  private mutating func parseOtherwise(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine, _ reason: MalformedLine
  ) -> MalformedLine? {
    // A comment may be the header of one of them.
    let isNoLine = reason == .comment || reason == .empty
    for index in others.indices where !isNoLine || others[index].format.isHeaderDriven {
      if others[index].parse(bytes, range, into: &line) == nil {
        alternative = index + 1
        return nil
      }
    }
    return reason
  }

  @inline(__always)
  private mutating func parseAlone(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine
  ) -> MalformedLine? {
    line = LogLine()
    line.escapes = format.escapes
    line.timestamp = format.headerDate
    position = range.lowerBound
    end = range.upperBound
    if let reason = skipLeadingBytes(bytes) { return reason }
    var step = 0
    // Not over the steps themselves: that would keep hold of their array, and let go of it again, for each line.
    while step < format.steps.count {
      if let reason = take(format.steps[step], bytes, &line) { return reason }
      step &+= 1
    }
    return nil
  }

  @inline(__always)
  private mutating func take(
    _ step: LogFormat.Step, _ bytes: Span<UInt8>, _ line: inout LogLine
  ) -> MalformedLine? {
    switch step {
    case .host: takeHost(bytes, &line)
    case .common: takeCommon(bytes, &line)
    case .commonWithHost: takeCommonWithHost(bytes, &line)
    case .referrerAndAgent: takeReferrerAndAgent(bytes, &line)
    case .forwarded: takeForwarded(bytes, &line)
    case .end: position >= end ? nil : .trailing
    case .configured(let number): takeConfigured(format.configured[Int(number)], bytes, &line)
    }
  }

  /// Client, identity, which is not kept, user, time, request, status and size.
  private mutating func takeCommon(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeAddress(bytes, &line) { return reason }
    if isDash(bytes) {
      position += 2
    } else if let reason = takeIdentity(bytes, line) {
      return reason
    }
    if let reason = takeUser(bytes, &line) { return reason }
    return takeTimeToSize(bytes, &line)
  }

  /// The same with the host, or `-`, in the place of the identity.
  private mutating func takeCommonWithHost(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeAddress(bytes, &line) ?? takeHost(bytes, &line) { return reason }
    // One column is left before the time; where two are, the host is an identity.
    if isDash(bytes), bytes[position + 2] != Byte.openBracket { return .address }
    if let reason = takeUser(bytes, &line) { return reason }
    return takeTimeToSize(bytes, &line)
  }

  @inline(__always)
  private mutating func takeTimeToSize(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    if let reason = takeTime(bytes, &line) { return reason }
    if let reason = takeRequest(bytes, &line) { return reason }
    if let reason = takeStatus(bytes, &line) { return reason }
    return takeSize(bytes, &line)
  }

  private mutating func takeReferrerAndAgent(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    var reason: MalformedLine?
    line.referrer = takeQuoted(bytes, isLast: false, &reason)
    if let reason { return reason }
    line.userAgent = takeQuoted(bytes, isLast: true, &reason)
    if let reason { return reason }
    let hasMore = position < end && bytes[position] == Byte.quote
    return hasMore && isAgentBehind(bytes, line.userAgent) ? .trailing : nil
  }

  /// Whether the quoted text that follows is the agent, and what was taken for it the referrer: a column that nobody announced
  /// stands before the two.
  private func isAgentBehind(_ bytes: Span<UInt8>, _ agent: Range<Int>) -> Bool {
    if agent.isEmpty { return ByteSearch.matches(Self.browser, in: bytes, at: position + 1, before: end) }
    return ValueKind.isURL(bytes, agent) && ValueKind.isAgent(bytes, position + 1..<end)
  }

  private static let browser = Array("Mozilla/".utf8)

  /// Notes what a comment tells of the lines after it.
  private mutating func takeComment(_ bytes: Span<UInt8>) {
    if format.isHeaderDriven { ColumnHeader.read(bytes, position..<end, into: &format) }
  }

  /// Skips NULs and blanks, and the quote of a line that is quoted as a whole; tells lines that are none.
  private mutating func skipLeadingBytes(_ bytes: Span<UInt8>) -> MalformedLine? {
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

  /// Blanks, and the mark before each record of a JSON text sequence. Source: RFC 7464.
  static func isPassedAtStart(_ byte: UInt8) -> Bool {
    byte == Byte.space || byte == Byte.tab || byte == 0x1E
  }

  /// Whether the quotes at both ends of a line belong to each other, and not to its first and its last field: then the
  /// next quote opens the request and no separator follows it.
  private static func isQuotedAsAWhole(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count >= 2, bytes[line.upperBound - 1] == Byte.quote else { return false }
    let next = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: line.lowerBound + 1, to: line.upperBound)
    return next == line.upperBound - 1 || (bytes[next + 1] != Byte.space && bytes[next + 1] != Byte.tab)
  }

  /// Whether a lone `-` stands here, with a blank after it: what most lines have in place of identity and user, told without
  /// a search.
  private func isDash(_ bytes: Span<UInt8>) -> Bool {
    position + 2 < end && bytes[position] == Byte.hyphen && bytes[position + 1] == Byte.space
  }

  /// The word up to the next blank, which is passed.
  mutating func takeWord(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: end)
    guard blank > start, blank < end else { return nil }
    position = blank + 1
    return start..<blank
  }

  /// Takes off what stands around the line.
  private mutating func takeOffEnvelopes(_ bytes: Span<UInt8>) -> MalformedLine? {
    envelopeTime = nil
    for index in format.envelopes.indices {
      if format.envelopes[index] == .json {
        guard let inner else { return .syntax }
        (position, end) = (inner.text.lowerBound, inner.text.upperBound)
        envelopeTime = inner.time
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

  private mutating func takeHost(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard let word = takeWord(bytes) else { return .fieldMissing }
    guard AddressShape.isHost(bytes, word) else { return .address }
    let isNone = ByteSearch.isHyphen(bytes, word)
    if !isNone { line.host = word }
    return nil
  }

  private mutating func takeAddress(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard var word = takeWord(bytes) else { return .address }
    while bytes[word.upperBound - 1] == Byte.comma {
      guard let next = takeWord(bytes) else { return .address }
      word = word.lowerBound..<next.upperBound
    }
    guard AddressShape.isIPv4(bytes, word) || isOtherClient(bytes, word, host: line.host) else { return .address }
    line.address = word
    return nil
  }

  /// Whether a word that is no plain address is a client all the same: no other word before the time may be one then, since
  /// that would be the client.
  private func isOtherClient(_ bytes: Span<UInt8>, _ word: Range<Int>, host: Range<Int>) -> Bool {
    let isNone = ByteSearch.isHyphen(bytes, word)
    guard isNone || !AddressShape.isClient(bytes, word) else { return true }
    // Before no client at all, an address is the client, and not a host.
    if isNone, !host.isEmpty, AddressShape.isAddress(bytes, host) { return false }
    guard isNone || (format.acceptsNames && EnvelopeText.isName(bytes, word)) else { return false }
    let bracket = ByteSearch.firstIndex(of: Byte.openBracket, in: bytes, from: position, to: end)
    return !AddressShape.containsAddress(bytes, position..<bracket)
  }

  /// The word before the user; some servers write neither. One that is a host or an address stands in no such place: the
  /// line is of another format, unless it is the server's after a list of addresses.
  private mutating func takeIdentity(_ bytes: Span<UInt8>, _ line: LogLine) -> MalformedLine? {
    if position < end, bytes[position] == Byte.openBracket { return nil }
    guard let word = takeWord(bytes) else { return .fieldMissing }
    guard AddressShape.isAddressWord(bytes, word) || AddressShape.isName(bytes, word) else { return nil }
    let comma = ByteSearch.firstIndex(
      of: Byte.comma, in: bytes, from: line.address.lowerBound, to: line.address.upperBound)
    return comma < line.address.upperBound ? nil : .address
  }

  /// Everything up to the blank before the time's bracket.
  private mutating func takeUser(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    let start = position
    if start < end, bytes[start] == Byte.openBracket, Self.isTime(bytes, start, end) {
      // After a host, a line without a user is one whose client is missing.
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

  /// Whether a user's name is of several words and one is an address, which shows that the columns are others. A name that
  /// is one word may be anything, also an address.
  private func hasAddressAmongWords(_ bytes: Span<UInt8>, _ user: Range<Int>) -> Bool {
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: user.lowerBound, to: user.upperBound)
    return blank < user.upperBound && AddressShape.containsAddress(bytes, user)
  }

  /// Whether the bracket opens a date: `[10/Oct/`, `[2024-10-` or `[2024/10/`.
  private static func isTime(_ bytes: Span<UInt8>, _ bracket: Int, _ end: Int) -> Bool {
    guard bracket + 5 < end else { return false }
    if bytes[bracket + 3] == Byte.slash { return true }
    return (bytes[bracket + 5] == Byte.hyphen || bytes[bracket + 5] == Byte.slash) && isDigit(bytes[bracket + 1])
  }

  private mutating func takeTime(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
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

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while position < end, bytes[position] == Byte.space { position += 1 }
  }

  /// The quoted request, up to the quote that stands before a status.
  private mutating func takeRequest(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
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

  private static func isFollowedByStatus(_ bytes: Span<UInt8>, _ quote: Int, _ end: Int) -> Bool {
    guard quote + 2 < end, bytes[quote + 1] == Byte.space else { return false }
    if bytes[quote + 2] == Byte.hyphen { return quote + 3 >= end || bytes[quote + 3] == Byte.space }
    guard quote + 4 < end, quote + 5 >= end || bytes[quote + 5] == Byte.space else { return false }
    return isDigit(bytes[quote + 2]) && isDigit(bytes[quote + 3]) && isDigit(bytes[quote + 4])
  }

  /// Whether an odd number of backslashes stands before a quote.
  static func isEscaped(_ bytes: Span<UInt8>, _ quote: Int, from start: Int) -> Bool {
    var count = 0
    while quote - count > start, bytes[quote - count - 1] == Byte.backslash { count += 1 }
    return count & 1 == 1
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9
  }

  private mutating func takeStatus(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position < end else { return .fieldMissing }
    if bytes[position] == Byte.hyphen {
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

  private mutating func takeSize(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
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

  /// A number with decimals or without, or `-`, as servers write them after the size: Rack's common log ends in a duration.
  private mutating func takeDuration(_ bytes: Span<UInt8>) -> Bool {
    if takeNumber(bytes) != nil { return true }
    var next = position
    while next < end, Self.isDigit(bytes[next]) || bytes[next] == Byte.dot { next &+= 1 }
    guard next > position, Self.isDigit(bytes[position]), next == end || bytes[next] == Byte.space else { return false }
    position = next
    skipBlanks(bytes)
    return true
  }

  /// Whether the `-` at `index` is a referrer without quotes rather than a missing number: a quote follows it.
  private static func isBareFieldNext(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
    bytes[index] == Byte.hyphen && index + 2 < end && bytes[index + 2] == Byte.quote
  }

  /// Digits or `-`, followed by a blank, which is passed, or the end.
  private mutating func takeNumber(_ bytes: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    var next = position
    if bytes[next] == Byte.hyphen {
      next += 1
    } else {
      // Eighteen digits are always a number of 64 bits.
      let last = min(end, next &+ 18)
      while next < last, Self.isDigit(bytes[next]) {
        value = value &* 10 &+ Int64(bytes[next] &- 0x30)
        next &+= 1
      }
    }
    guard next > position, next == end || bytes[next] == Byte.space else { return nil }
    position = next
    skipBlanks(bytes)
    return value
  }

  /// A quoted text or a bare `-`; nothing where the line ends before it, or there is none for a reason.
  private mutating func takeQuoted(
    _ bytes: Span<UInt8>, isLast: Bool, _ reason: inout MalformedLine?
  ) -> Range<Int> {
    guard position < end else { return 0..<0 }
    if bytes[position] == Byte.hyphen, position + 1 == end || bytes[position + 1] == Byte.space {
      position += 1
      skipBlanks(bytes)
      return 0..<0
    }
    guard bytes[position] == Byte.quote else {
      reason = isLast ? .fieldMissing : .size
      return 0..<0
    }
    let start = position + 1
    var quote = start
    while true {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: end)
      guard quote < end else {
        reason = .quote
        return 0..<0
      }
      if Self.isClosing(bytes, quote, end, isLast), !Self.isEscaped(bytes, quote, from: start) { break }
      quote += 1
    }
    let isDash = quote - start == 1 && bytes[start] == Byte.hyphen
    position = quote + 1
    skipBlanks(bytes)
    return isDash ? start..<start : start..<quote
  }

  /// The last quoted field of the line, where nothing but it follows and it is a list of addresses.
  private mutating func takeForwarded(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    guard position + 2 < end, bytes[position] == Byte.quote else { return nil }
    let close = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: position + 1, to: end)
    let list = position + 1..<close
    guard close < end, ForwardedList.isPlausible(bytes, list) else { return nil }
    line.forwarded = list
    return nil
  }

  /// Whether a quote ends its field: a blank and the next field, or the end of the line, follows.
  private static func isClosing(_ bytes: Span<UInt8>, _ quote: Int, _ end: Int, _ isLast: Bool) -> Bool {
    if quote + 1 == end { return true }
    guard bytes[quote + 1] == Byte.space else { return false }
    if isLast || quote + 2 == end { return true }
    return bytes[quote + 2] == Byte.quote || bytes[quote + 2] == Byte.hyphen
  }
}

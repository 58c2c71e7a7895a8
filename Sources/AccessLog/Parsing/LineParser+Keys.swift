import ByteScanning

/// Which fields were found in a line of keys and values, and by which of their keys.
struct FoundKeys: Sendable {
  /// Four bits per field: the rank of its best key with a value; 0 if there is none.
  private var ranks: UInt64 = 0
  /// One bit per field: whether one of its keys was found, with or without a value.
  private var seen: UInt16 = 0
  /// One bit per field: whether the stored value is invalid.
  private var unreadable: UInt16 = 0
  /// The number of keys that the format does not know.
  var unknown: UInt16 = 0

  /// Notes that a key was found. Returns whether its value is to be stored.
  mutating func note(_ field: LogField, rank: UInt8, hasValue: Bool) -> Bool {
    let place = field.place
    seen |= 1 << place
    guard hasValue else { return false }
    // Each header that asks not to be tracked counts on its own.
    if field == .optOut || field == .signatureAgent { return true }
    let best = UInt8(truncatingIfNeeded: ranks >> (4 * place)) & 15
    guard best == 0 || rank < best else { return false }
    ranks = ranks & ~(15 << (4 * place)) | UInt64(rank) << (4 * place)
    return true
  }

  /// Notes that the envelope contains the time.
  mutating func noteTime() { ranks |= 15 << (4 * LogField.time(.standard).place) }

  /// Notes whether the stored value of a field is valid.
  mutating func judge(_ field: LogField, isReadable: Bool) {
    let bit: UInt16 = 1 << field.place
    unreadable = isReadable ? unreadable & ~bit : unreadable | bit
  }

  /// Whether a key of the field has a value.
  func hasValue(_ field: LogField) -> Bool { (ranks >> (4 * field.place)) & 15 != 0 }

  /// Whether there is a target but neither a request nor a method, which implies GET.
  var impliesGET: Bool {
    func isSeen(_ field: LogField) -> Bool { seen >> field.place & 1 == 1 }
    return isSeen(.target) && !isSeen(.method) && !isSeen(.request)
  }

  /// Why the line does not match: a value is invalid, or there is no time, request or status; nil if it matches.
  var missing: MalformedLine? {
    if unreadable != 0 {
      if unreadable >> LogField.address.place & 1 == 1 { return .address }
      return unreadable >> LogField.status.place & 1 == 1 ? .status : .size
    }
    guard hasValue(.time(.standard)) else { return .time }
    let hasRequest = [.request, .method, .target].contains { (field: LogField) in seen >> field.place & 1 == 1 }
    return hasRequest && seen >> LogField.status.place & 1 == 1 ? nil : .fieldMissing
  }
}

extension LogField {
  /// The number of the field, 0–15; 0 for fields of which each key counts.
  fileprivate var place: UInt64 {
    switch self {
    case .unused: 0
    case .host: 1
    case .address: 2
    case .forwarded: 3
    case .user: 4
    // A clock time is added to a date, but is no time without one.
    case .time(.clock): 0
    case .time: 5
    case .request: 6
    case .absoluteRequest: 7
    case .method: 8
    case .target: 9
    case .query: 10
    case .status: 11
    case .size: 12
    case .referrer: 13
    case .userAgent: 14
    case .optOut: 15
    case .signatureAgent: 0
    // Formats of keys do not have this field.
    case .resultAndStatus: 0
    }
  }
}

// Lines of keys and values. Each byte is read once; nothing is copied.
extension LineParser {
  private static let deepest = 64

  /// Parses a line that is one JSON object. Source of the rule: RFC 8259.
  mutating func takeWholeObject(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    found = FoundKeys()
    guard position < end, bytes[position] == Byte.openBrace, takeObject(bytes, 0, depth: 0, &line) else {
      return .syntax
    }
    skipWhitespace(bytes)
    takeTimeOfEnvelope(&line)
    return position == end ? found.missing : .syntax
  }

  /// Takes the envelope's time for a line that has none of its own.
  private mutating func takeTimeOfEnvelope(_ line: inout LogLine) {
    guard let envelopeTime, !found.hasValue(.time(.standard)) else { return }
    line.timestamp = envelopeTime
    found.noteTime()
  }

  /// Parses an object with the keys of a node. Returns false if the object is malformed.
  private mutating func takeObject(_ bytes: Span<UInt8>, _ node: Int, depth: Int, _ line: inout LogLine) -> Bool {
    guard depth < Self.deepest else { return false }
    position += 1
    // Of the headers of a request, only those that were sent are logged.
    if node > 0, node == format.keys.nodeOfAgent {
      line.lacksAgent = line.userAgent.isEmpty
      line.recordsReferrers = true
    }
    skipWhitespace(bytes)
    if take(Byte.closeBrace, bytes) { return true }
    while true {
      guard let key = takeString(bytes) else { return false }
      let entry = format.keys.find(bytes, key, in: node)
      if entry == nil { found.unknown &+= 1 }
      skipWhitespace(bytes)
      guard take(Byte.colon, bytes), takeValue(bytes, entry, depth: depth, &line) else { return false }
      if take(Byte.closeBrace, bytes) { return true }
      guard take(Byte.comma, bytes) else { return false }
      skipWhitespace(bytes)
    }
  }

  /// Parses a value and the blanks around it.
  private mutating func takeValue(
    _ bytes: Span<UInt8>, _ entry: KeyTable.Entry?, depth: Int, _ line: inout LogLine
  ) -> Bool {
    skipWhitespace(bytes)
    guard position < end else { return false }
    switch bytes[position] {
    case Byte.quote:
      guard let text = takeString(bytes) else { return false }
      if let entry { keep(entry, bytes, text, &line) }
    case Byte.openBrace:
      guard takeObject(bytes, entry?.below ?? -1, depth: depth + 1, &line) else { return false }
    case Byte.openBracket:
      guard takeArray(bytes, entry, depth: depth + 1, &line) else { return false }
    default:
      guard let word = takeBareWord(bytes) else { return false }
      if let entry { keep(entry, bytes, word, &line) }
    }
    skipWhitespace(bytes)
    return true
  }

  /// Parses an array. Its first value counts, as for a header that was sent several times. Forwarded addresses are
  /// all kept, as if a proxy had joined them: which one is trusted is decided from the end.
  private mutating func takeArray(
    _ bytes: Span<UInt8>, _ entry: KeyTable.Entry?, depth: Int, _ line: inout LogLine
  ) -> Bool {
    guard depth < Self.deepest else { return false }
    position += 1
    skipWhitespace(bytes)
    if take(Byte.closeBracket, bytes) { return true }
    let start = position
    var first = entry
    while true {
      skipWhitespace(bytes)
      let value = position
      guard takeValue(bytes, first, depth: depth, &line) else { return false }
      if first == nil, entry?.field == .forwarded, line.forwarded.lowerBound >= start, bytes[value] == Byte.quote {
        line.forwarded = line.forwarded.lowerBound..<endOfText(bytes)
      }
      first = nil
      if take(Byte.closeBracket, bytes) { return true }
      guard take(Byte.comma, bytes) else { return false }
    }
  }

  /// Returns the index of the quote that closed the text before this place.
  private func endOfText(_ bytes: Span<UInt8>) -> Int {
    var index = position - 1
    while bytes[index] != Byte.quote { index -= 1 }
    return index
  }

  /// Parses the text between two quotes; returns nil if one is missing.
  private mutating func takeString(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard position < end, bytes[position] == Byte.quote else { return nil }
    let start = position + 1
    var quote = start
    while true {
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote, to: end)
      guard quote < end else { return nil }
      if !Self.isEscaped(bytes, quote, from: start) { break }
      quote += 1
    }
    position = quote + 1
    return start..<quote
  }

  /// Parses a number, `true` or `false`. Returns an empty range for `null`, and nil for anything else.
  private mutating func takeBareWord(_ bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    while position < end, isOfBareWord(bytes[position]) { position += 1 }
    guard position > start else { return nil }
    switch bytes[start] {
    case 0x30...0x39, Byte.hyphen: return start..<position
    case UInt8(ascii: "n"): return isWord(Self.null, bytes, start) ? start..<start : nil
    case UInt8(ascii: "t"): return isWord(Self.yes, bytes, start) ? start..<position : nil
    case UInt8(ascii: "f"): return isWord(Self.no, bytes, start) ? start..<position : nil
    default: return nil
    }
  }

  private func isOfBareWord(_ byte: UInt8) -> Bool {
    Self.isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == Byte.dot || byte == Byte.hyphen
      || byte == Byte.plus
  }

  private func isWord(_ word: [UInt8], _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    position - start == word.count && ByteSearch.matches(word, in: bytes, at: start, before: position)
  }

  private static let null = Array("null".utf8)
  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
    while position < end, bytes[position] == Byte.space || bytes[position] == Byte.tab { position += 1 }
  }

  /// Parses an object that contains the text of a line, whatever else it contains.
  mutating func takeEnvelope(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    found = FoundKeys()
    guard position < end, bytes[position] == Byte.openBrace, takeObject(bytes, 0, depth: 0, &line) else {
      return .syntax
    }
    skipWhitespace(bytes)
    return position == end && found.hasValue(.target) ? nil : .syntax
  }

  /// Parses `name=value name="a value"`, separated by blanks. Source of the rule: Heroku's router logs, known as
  /// logfmt.
  mutating func takePairs(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    found = FoundKeys()
    while position < end {
      let mark = ByteSearch.firstIndex(of: Byte.equals, in: bytes, from: position, to: end)
      let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: position, to: end)
      guard mark < blank else { return .syntax }
      let name = position..<mark
      position = mark + 1
      let value: Range<Int>
      if position < end, bytes[position] == Byte.quote {
        guard let text = takeString(bytes) else { return .quote }
        value = text
      } else {
        value = position..<ByteSearch.firstIndex(of: Byte.space, in: bytes, from: position, to: end)
        position = value.upperBound
      }
      if let entry = format.keys.find(bytes, name, in: 0) {
        keep(entry, bytes, value, &line)
      } else {
        found.unknown &+= 1
      }
      skipBlanks(bytes)
    }
    takeTimeOfEnvelope(&line)
    return found.missing
  }

  /// Parses `label:value`, separated by tabs. Source of the rule: ltsv.org.
  mutating func takeLabels(_ bytes: Span<UInt8>, _ line: inout LogLine) -> MalformedLine? {
    found = FoundKeys()
    while position < end {
      let tab = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: position, to: end)
      let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: position, to: tab)
      guard colon < tab else { return .syntax }
      if let entry = format.keys.find(bytes, position..<colon, in: 0) {
        keep(entry, bytes, colon + 1..<tab, &line)
      } else {
        found.unknown &+= 1
      }
      position = min(tab + 1, end)
    }
    takeTimeOfEnvelope(&line)
    return found.missing
  }

  /// Stores the value of a key, unless a better key for the same field was found.
  private mutating func keep(
    _ entry: KeyTable.Entry, _ bytes: Span<UInt8>, _ value: Range<Int>, _ line: inout LogLine
  ) {
    guard let field = entry.field else { return }
    var hasValue = !(value.isEmpty || ByteSearch.isHyphen(bytes, value))
    var time: TimeReader.Reading?
    if hasValue, case .time(let form) = field {
      let range = withoutBrackets(bytes, value)
      time = times.read(form, format.literals, bytes, at: range.lowerBound, before: range.upperBound)
      hasValue = time?.end == range.upperBound
    }
    if field == .userAgent, !hasValue, line.userAgent.isEmpty { line.lacksAgent = true }
    if field == .referrer { line.recordsReferrers = true }
    guard found.note(field, rank: entry.rank, hasValue: hasValue) else { return }
    if let time {
      // A date and a clock add up to the time.
      let isPart = field == .time(.date) || field == .time(.clock)
      line.timestamp = isPart ? line.timestamp + time.seconds : time.seconds
    } else if field == .request {
      storeRequest(bytes, value, &line)
    } else {
      // The value of a better key replaces another's.
      if field == .forwarded { line.forwarded = 0..<0 }
      found.judge(field, isReadable: store(field, bytes, value, &line) == nil)
    }
  }

  /// Stores method and target of a request, unless a key of their own provides them.
  private func storeRequest(_ bytes: Span<UInt8>, _ value: Range<Int>, _ line: inout LogLine) {
    let (method, target) = (line.method, line.target)
    (line.method, line.target) = (0..<0, 0..<0)
    if let first = value.first, bytes[first] == Byte.slash {
      // Some logs have a key for the method, and call the target alone the request.
      line.target = value
    } else {
      RequestLine.part(bytes, value, into: &line)
    }
    if found.hasValue(.method) { line.method = method }
    if found.hasValue(.target) { line.target = target }
  }

  private func withoutBrackets(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    range.count > 2 && bytes[range.lowerBound] == Byte.openBracket
      ? range.lowerBound + 1..<range.upperBound - 1 : range
  }
}

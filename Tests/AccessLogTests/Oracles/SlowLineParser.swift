import AccessLog

/// Reads a line the slow and plain way, by the rules in the comments of `LogFormat` and `LogLine`: the oracle of the
/// fast parser. It copies the rest of the line for each field and looks at one byte at a time.
struct SlowLineParser {
  /// The line is malformed, for this reason.
  struct Malformed: Error, Equatable {
    var reason: MalformedLine
  }

  private var rest: [UInt8]
  private var fields = LineFields()

  /// Returns the fields of a line, or why it is malformed.
  static func parse(_ line: [UInt8], _ format: LogFormat) -> Result<LineFields, Malformed> {
    var parser = SlowLineParser(rest: line)
    return Result { () throws(Malformed) in
      try parser.takeLine(format)
      return parser.fields
    }
  }

  private init(rest: [UInt8]) {
    self.rest = rest
  }

  private mutating func takeLine(_ format: LogFormat) throws(Malformed) {
    let (envelopes, name) = SlowBeginning.envelopes(inName: format.name)
    rest = try SlowBeginning.takenOff(rest, envelopes).text
    if name.hasPrefix("vhost_") { try takeHost() }
    try takeAddress(acceptingNames: format.acceptsNames)
    if name == "lighttpd" {
      try takeHost()
      // Two words before the time show that the first one is not a host but an identity.
      if rest.starts(with: "- ".utf8), rest.count > 2, rest[2] != UInt8(ascii: "[") {
        throw Malformed(reason: .address)
      }
    } else {
      try takeIdentity()
    }
    try takeUser()
    try takeTime()
    try takeRequestAndStatus()
    try takeSize()
    switch name {
    case "common", "vhost_common":
      guard rest.allSatisfy({ $0 == space || $0 == UInt8(ascii: "\t") }) else { throw Malformed(reason: .trailing) }
    case "squid_common": try takeCacheResult()
    default:
      fields.referrer = try quoted(isLast: false)
      let hasAgent = !rest.isEmpty
      fields.userAgent = try quoted(isLast: true)
      fields.lacksAgent = hasAgent && fields.userAgent.isEmpty
      if isAgentBehind { throw Malformed(reason: .trailing) }
      if name.hasSuffix("_forwarded") || name == "lighttpd" { takeForwarded() }
    }
  }

  /// Whether a quoted user agent follows where something else was taken for it, or anywhere behind where nothing was.
  private var isAgentBehind: Bool {
    if fields.userAgent.isEmpty {
      return rest.indices.contains { rest[$0...].starts(with: "\"Mozilla/".utf8) }
    }
    let parts = fields.userAgent.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    let hasScheme = parts.count == 2 && parts[0].count < 16 && parts[1].count > 1 && parts[1].first == UInt8(ascii: "/")
    let isURL = fields.userAgent.first == UInt8(ascii: "/") || hasScheme
    let text = String(decoding: rest, as: UTF8.self)
    if text.hasPrefix("\"Mozilla/") {
      return String(decoding: fields.userAgent, as: UTF8.self).prefixMatch(of: /[A-Za-z0-9 ._-]{1,64}\/[0-9vV]/) == nil
    }
    return isURL && text.prefixMatch(of: /"[A-Za-z0-9 ._-]{1,64}\/[0-9vV]/) != nil
  }

  /// Removes and returns the bytes before the next blank, which must exist.
  private mutating func word(or reason: MalformedLine) throws(Malformed) -> [UInt8] {
    guard let blank = rest.firstIndex(of: space), blank > 0 else { throw Malformed(reason: reason) }
    let word = Array(rest[..<blank])
    rest = Array(rest[(blank + 1)...])
    return word
  }

  private mutating func takeHost() throws(Malformed) {
    let host = try word(or: .fieldMissing)
    guard SlowAddress.isHost(host) else { throw Malformed(reason: .address) }
    if !host.elementsEqual("-".utf8) { fields.host = host }
  }

  private mutating func takeAddress(acceptingNames: Bool) throws(Malformed) {
    var address = try word(or: .address)
    while address.last == UInt8(ascii: ",") { address += [space] + (try word(or: .address)) }
    let isNone = address.elementsEqual("-".utf8)
    if isNone || !SlowAddress.isClient(address) {
      let isAfterAddress = isNone && SlowAddress.isAddress(fields.host)
      let isBetter = rest.prefix { $0 != UInt8(ascii: "[") }.split(separator: space).contains { word in
        SlowAddress.isAddress(Array(word.last == UInt8(ascii: ",") ? word.dropLast() : word))
      }
      guard isNone || (acceptingNames && SlowAddress.isName(address)), !isAfterAddress, !isBetter else {
        throw Malformed(reason: .address)
      }
    }
    fields.address = address
  }

  /// Takes a word that is neither an address nor a host, unless a list of addresses precedes it. Takes nothing if the
  /// bracket of the time follows.
  private mutating func takeIdentity() throws(Malformed) {
    if rest.first == UInt8(ascii: "[") { return }
    let word = try word(or: .fieldMissing)
    let isOther = SlowAddress.isAddressWord(word) || SlowAddress.isDottedName(word)
    if isOther, !fields.address.contains(UInt8(ascii: ",")) { throw Malformed(reason: .address) }
  }

  /// Takes everything up to the blank before the first bracket that opens a date.
  private mutating func takeUser() throws(Malformed) {
    let bracket = rest.indices.first { index in
      (index == 0 || rest[index - 1] == space) && Self.opensDate(Array(rest[index...]))
    }
    guard let bracket else { throw Malformed(reason: .time) }
    // After a host, a line without a user lacks its client.
    if bracket == 0, !fields.host.isEmpty { throw Malformed(reason: .fieldMissing) }
    fields.user = Array(rest[..<max(bracket - 1, 0)])
    let words = fields.user.split(separator: space, omittingEmptySubsequences: false).map(Array.init)
    if words.count > 1, words.contains(where: SlowAddress.isAddressWord) { throw Malformed(reason: .address) }
    rest = Array(rest[bracket...])
  }

  /// Recognizes `[10/Oct/`, `[2024-10-` or `[2024/10/` by the first slash or hyphen.
  private static func opensDate(_ text: [UInt8]) -> Bool {
    guard text.count > 5, text[0] == UInt8(ascii: "[") else { return false }
    return text[3] == UInt8(ascii: "/") || ("-/".utf8.contains(text[5]) && isDigit(text[1]))
  }

  private mutating func takeTime() throws(Malformed) {
    guard let close = rest.firstIndex(of: UInt8(ascii: "]")), let time = SlowTime.readBracketed(Array(rest[1..<close]))
    else { throw Malformed(reason: .time) }
    fields.timestamp = time
    rest = Array(rest[(close + 1)...])
    skipBlanks()
  }

  private static let protocolWithin = SlowPattern(".+ HTTP/[^ ]{3}\" ")
  private static let protocolAtEnd = SlowPattern(".* HTTP/[^ ]{3}\\z")

  private mutating func takeRequestAndStatus() throws(Malformed) {
    guard rest.first == quote else { throw Malformed(reason: .request) }
    let end = rest.indices.dropFirst().first { index in
      rest[index] == quote && !isEscaped(index) && Self.startsWithStatus(Array(rest[(index + 1)...]))
    }
    guard let end else { throw Malformed(reason: .quote) }
    let request = Array(rest[1..<end])
    // A protocol and a quote inside show that an unexpected column follows the request.
    if Self.protocolWithin.length(request) != nil, Self.protocolAtEnd.length(request) == nil {
      throw Malformed(reason: .request)
    }
    fields.setRequest(request)
    rest = Array(rest[(end + 2)...])
    if rest.prefix(while: { $0 != space }).count == 1 {
      rest.removeFirst()
    } else {
      fields.status = Int(String(decoding: rest[..<3], as: UTF8.self)) ?? -1
      rest.removeFirst(3)
    }
    skipBlanks()
  }

  /// Matches a blank, then three digits or a dash, then a blank or the end; or a zero and a size before the end or a
  /// quote.
  private static func startsWithStatus(_ text: [UInt8]) -> Bool {
    let words = text.split(separator: space, omittingEmptySubsequences: false)
    guard words.count >= 2, words[0].isEmpty else { return false }
    if words[1].elementsEqual("0".utf8), words.count > 2 {
      let isSize = words[2].elementsEqual("-".utf8) || (!words[2].isEmpty && words[2].allSatisfy(isDigit))
      let isLast = words.count == 3 || words[3].first == quote || (words[3].isEmpty && words.count == 4)
      return isSize && isLast
    }
    return words[1].elementsEqual("-".utf8) || (words[1].count == 3 && words[1].allSatisfy(isDigit))
  }

  private mutating func takeSize() throws(Malformed) {
    guard !rest.isEmpty else { throw Malformed(reason: .fieldMissing) }
    guard let size = number() else { throw Malformed(reason: .size) }
    fields.size = size
    while !rest.isEmpty, rest[0] != quote, !rest.starts(with: "- \"".utf8), number() != nil || takeDuration() {}
  }

  /// Takes digits and dots, and the blanks after them.
  private mutating func takeDuration() -> Bool {
    let word = Array(rest.prefix { $0 != space })
    guard let first = word.first, Self.isDigit(first), word.allSatisfy({ Self.isDigit($0) || $0 == UInt8(ascii: ".") })
    else { return false }
    rest.removeFirst(word.count)
    skipBlanks()
    return true
  }

  /// Takes capital letters, digits, underscores and slashes with a colon among them, up to the end.
  private func takeCacheResult() throws(Malformed) {
    let isSpelled = rest.allSatisfy { Self.isDigit($0) || (0x41...0x5A).contains($0) || "_/:".utf8.contains($0) }
    guard isSpelled else { throw Malformed(reason: .trailing) }
    guard rest.contains(UInt8(ascii: ":")) else { throw Malformed(reason: .fieldMissing) }
  }

  /// Takes up to eighteen digits or a dash, and the blanks after it. Returns nil, and takes nothing, if something
  /// else follows.
  private mutating func number() -> Int64? {
    let word = Array(rest.prefix { $0 != space })
    let isDash = word == [UInt8(ascii: "-")]
    guard isDash || ((1...18).contains(word.count) && word.allSatisfy(Self.isDigit)) else { return nil }
    rest.removeFirst(word.count)
    skipBlanks()
    return isDash ? 0 : Int64(String(decoding: word, as: UTF8.self))
  }

  private mutating func quoted(isLast: Bool) throws(Malformed) -> [UInt8] {
    let word = Array(rest.prefix { $0 != space })
    if rest.isEmpty || word == [UInt8(ascii: "-")] {
      rest.removeFirst(word.count)
      skipBlanks()
      return []
    }
    guard rest[0] == quote else { throw Malformed(reason: isLast ? .fieldMissing : .size) }
    let end = rest.indices.dropFirst().first { index in
      rest[index] == quote && !isEscaped(index) && Self.endsField(Array(rest[(index + 1)...]), isLast)
    }
    guard let end else { throw Malformed(reason: .quote) }
    let text = Array(rest[1..<end])
    rest = Array(rest[(end + 1)...])
    skipBlanks()
    return text == [UInt8(ascii: "-")] ? [] : text
  }

  /// Takes a quoted list of addresses, if one follows.
  private mutating func takeForwarded() {
    guard rest.count > 2, rest[0] == quote else { return }
    let list = Array(rest.dropFirst().prefix { $0 != quote })
    if list.count + 1 < rest.count, SlowColumns.isList(list) { fields.forwarded = list }
  }

  /// Matches the end, or a blank and the start of the next field. Anything may follow the last field.
  private static func endsField(_ text: [UInt8], _ isLast: Bool) -> Bool {
    guard let first = text.first else { return true }
    guard first == space else { return false }
    return isLast || text.count == 1 || text[1] == quote || text[1] == UInt8(ascii: "-")
  }

  private func isEscaped(_ index: Int) -> Bool {
    !rest[1..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2)
  }

  private mutating func skipBlanks() {
    rest = Array(rest.drop { $0 == space })
  }
}

private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")

extension SlowLineParser {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Returns the Unix seconds of `dd/Mon/yyyy:HH:MM:SS ±hhmm`, by counting days.
  static func timestamp(_ text: [UInt8]) -> Int64? {
    let shape = Array("00/Mon/0000:00:00:00 +0000".utf8)
    for (byte, expected) in zip(text, shape) {
      let fits = expected == UInt8(ascii: "0") ? isDigit(byte) : "Mon+".utf8.contains(expected) || byte == expected
      guard fits else { return nil }
    }
    func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(text[$1]) - 0x30 } }
    let name = String(decoding: text[3..<6], as: UTF8.self).lowercased()
    guard let month = months.firstIndex(of: name), text[21] == UInt8(ascii: "+") || text[21] == UInt8(ascii: "-")
    else { return nil }
    let (day, year, hour, minute, second) = (
      number(0..<2), number(7..<11), number(12..<14), number(15..<17), number(18..<20)
    )
    let (zoneHour, zoneMinute) = (number(22..<24), number(24..<26))
    guard (1970...2100).contains(year), day >= 1, day <= lengths(year)[month], hour < 24, minute < 60, second <= 60,
      zoneHour <= 15, zoneMinute < 60
    else { return nil }
    let days =
      (1970..<year).reduce(0) { $0 + lengths($1).reduce(0, +) } + lengths(year)[..<month].reduce(0, +) + day - 1
    let zone = (zoneHour * 60 + zoneMinute) * (text[21] == UInt8(ascii: "-") ? -60 : 60)
    return Int64(days * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - zone)
  }

  private static func lengths(_ year: Int) -> [Int] {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }
}

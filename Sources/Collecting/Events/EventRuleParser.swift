/// Parses the text of an event rule from left to right.
struct EventRuleParser {
  private let text: String
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  mutating func read(into rule: inout EventRule) throws(EventRuleError) {
    try readConditions(into: &rule)
    try readName(into: &rule)
    if peek == "{" { rule.properties = try readProperties() }
    guard position == characters.count else {
      throw error("nothing may follow the properties", at: position)
    }
  }

  // MARK: Before the arrow

  /// Parses method, path and status: in this order, each at most once, at least one of them.
  private mutating func readConditions(into rule: inout EventRule) throws(EventRuleError) {
    var rank = 0
    while !isAtArrow {
      skipBlanks()
      if isAtArrow { break }
      let start = position
      let word = readWord()
      guard let first = word.first else {
        throw error("no arrow; write one with the name of the event after it, as in '/thanks -> Signup'", at: start)
      }
      let found = try readCondition(word, startingWith: first, at: start, into: &rule)
      guard found > rank else {
        throw error("write method, path and status at most once each and in this order", at: start)
      }
      rank = found
    }
    guard rank > 0 else { throw error("write before the arrow which lines to match: method, path or status", at: 0) }
    position += characters[position] == "→" ? 1 : 2
  }

  /// Parses one condition and returns its position in that order.
  private func readCondition(
    _ word: String, startingWith first: Character, at start: Int, into rule: inout EventRule
  ) throws(EventRuleError) -> Int {
    if first == "/" || first == "*" {
      rule.path = try pattern(word, at: start)
      return 2
    }
    if first.isNumber {
      rule.statuses = try statuses(word, at: start)
      return 3
    }
    rule.methods = try methods(word, at: start)
    return 1
  }

  private func pattern(_ word: String, at start: Int) throws(EventRuleError) -> PathPattern {
    if let index = word.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      let offset = word.distance(from: word.startIndex, to: index)
      throw error(
        "a path has no query or fragment; remove it, and use $query.NAME for properties", at: start + offset)
    }
    return PathPattern(word)
  }

  private func methods(_ word: String, at start: Int) throws(EventRuleError) -> [String] {
    if word == "ANY" { return [] }
    let methods = word.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let lengths = 1...EventRule.longestMethod
    guard methods.allSatisfy({ lengths.contains($0.count) && $0.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A } }) else {
      throw error(
        "'\(word)' is not a method (GET, POST|PUT, ANY), a path (/signup, *.pdf) or a status (200, 4xx)", at: start)
    }
    return methods
  }

  private func statuses(_ word: String, at start: Int) throws(EventRuleError) -> [ClosedRange<Int>] {
    var statuses: [ClosedRange<Int>] = []
    for part in word.split(separator: "|", omittingEmptySubsequences: false) {
      if part.count == 3, part.hasSuffix("xx"), let hundreds = Int(part.prefix(1)), (1...5).contains(hundreds) {
        statuses.append(hundreds * 100...hundreds * 100 + 99)
      } else if part.count == 3, let status = Int(part), (100...599).contains(status) {
        statuses.append(status...status)
      } else {
        throw error("'\(part)' is not a status; write 303, 4xx, or several as in 200|304", at: start)
      }
    }
    return statuses
  }

  // MARK: After the arrow

  private mutating func readName(into rule: inout EventRule) throws(EventRuleError) {
    skipBlanks()
    let start = position
    if peek == "\"" {
      rule.name = try readQuoted()
      skipBlanks()
      guard peek == nil || peek == "{" else {
        throw error("only properties may follow the name, as in {plan: $query.plan}", at: position)
      }
    } else {
      var name: [Character] = []
      while let next = peek, next != "{" {
        name.append(next)
        position += 1
      }
      while name.last == " " { name.removeLast() }
      rule.name = String(name)
    }
    guard !rule.name.isEmpty else { throw error("the event needs a name after the arrow", at: start) }
    let characters = rule.name.unicodeScalars.count
    guard characters <= Validation.longestName else {
      throw error("the name has \(characters) characters; at most \(Validation.longestName) are allowed", at: start)
    }
    try refuseControlCharacters(rule.name, at: start)
  }

  private mutating func readProperties() throws(EventRuleError) -> [EventRule.Property] {
    position += 1
    skipBlanks()
    var properties: [EventRule.Property] = []
    while peek != "}" {
      let start = position
      let name = try readPropertyName()
      guard !properties.contains(where: { $0.name == name }) else {
        throw error("the property '\(name)' appears twice", at: start)
      }
      skipBlanks()
      guard peek == ":" else { throw error("a colon must follow the name of a property", at: position) }
      position += 1
      skipBlanks()
      properties.append(EventRule.Property(name: name, value: try readValue()))
      skipBlanks()
      if peek == "," {
        position += 1
        skipBlanks()
      } else if peek != "}" {
        throw error("a comma or } must follow a property", at: position)
      }
    }
    position += 1
    skipBlanks()
    return properties
  }

  private mutating func readPropertyName() throws(EventRuleError) -> String {
    let start = position
    let name = peek == "\"" ? try readQuoted() : readBareWord()
    guard !name.isEmpty else { throw error("the name of a property is missing, as in {plan: $query.plan}", at: start) }
    try refuseControlCharacters(name, at: start)
    return name
  }

  private mutating func readValue() throws(EventRuleError) -> EventRule.Value {
    let start = position
    if peek == "\"" {
      let text = try readQuoted()
      try refuseControlCharacters(text, at: start)
      return .text(text)
    }
    if peek == "$" { return try readField() }
    let word = readBareWord()
    let bytes = Array(word.utf8)
    guard word == "true" || word == "false" || JSONNumber.isNumber(bytes.span, bytes.indices) else {
      throw error(
        word.isEmpty
          ? "a value is missing: a field such as $path, a number, true, false or a \"text\""
          : "'\(word)' is not a field, a number, true or false; put texts in quotes", at: start)
    }
    return .word(word)
  }

  /// Parses a field. Fields that are personal in themselves do not exist: address, user agent, user name.
  private mutating func readField() throws(EventRuleError) -> EventRule.Value {
    let start = position
    position += 1
    let name = readBareWord()
    switch name {
    case "path": return .path
    case "referrer": return .referrer
    case "host": return .host
    case "method": return .method
    case "status": return .status
    default: break
    }
    if name.hasPrefix("query."), name.count > 6 { return .query(String(name.dropFirst(6))) }
    throw error(
      "no field $\(name); the fields are $path, $query.NAME, $referrer, $host, $method and $status", at: start)
  }

  // MARK: Tokens

  private var peek: Character? { position < characters.count ? characters[position] : nil }

  private var isAtArrow: Bool {
    peek == "→" || (peek == "-" && position + 1 < characters.count && characters[position + 1] == ">")
  }

  private mutating func skipBlanks() {
    while peek == " " || peek == "\t" { position += 1 }
  }

  private mutating func readWord() -> String {
    let start = position
    while let next = peek, next != " ", next != "\t", !isAtArrow { position += 1 }
    return String(characters[start..<position])
  }

  /// Parses letters, digits, and `_`, `-`, `+`, `.`.
  private mutating func readBareWord() -> String {
    let start = position
    while let next = peek, next.isLetter || next.isNumber || "_-+.".contains(next) { position += 1 }
    return String(characters[start..<position])
  }

  /// Parses a text in quotes; `\"` and `\\` stand for quote and backslash.
  private mutating func readQuoted() throws(EventRuleError) -> String {
    let start = position
    position += 1
    var quoted = ""
    while let next = peek, next != "\"" {
      position += 1
      if next == "\\" {
        guard let escaped = peek, escaped == "\"" || escaped == "\\" else {
          throw error("write \\\" for a quote and \\\\ for a backslash", at: position - 1)
        }
        quoted.append(escaped)
        position += 1
      } else {
        quoted.append(next)
      }
    }
    guard peek == "\"" else { throw error("the quote opened here is never closed", at: start) }
    position += 1
    return quoted
  }

  private func refuseControlCharacters(_ word: String, at start: Int) throws(EventRuleError) {
    guard word.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw error("control characters are not allowed; remove them", at: start)
    }
  }

  private func error(_ reason: String, at position: Int) -> EventRuleError {
    EventRuleError(rule: text, column: position + 1, reason: reason)
  }
}

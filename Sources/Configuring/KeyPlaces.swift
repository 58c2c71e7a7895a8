/// The places of the keys in a TOML text, which the parser does not report.
///
/// Scans a text that has been parsed without error, so everything but keys can be skipped.
struct KeyPlaces {
  private let text: [Character]
  private var index = 0
  private var place = ConfigPlace(line: 1, column: 1)
  private var table: [String] = []
  private var tables: [[String]: Int] = [:]
  private var places: [[String]: ConfigPlace] = [:]

  /// Records the places of all keys.
  init(_ text: String) {
    // Swift treats CRLF as one character, which is not LF; TOML treats both as line ends.
    self.text = Array(text.replacing("\r\n", with: "\n"))
    while skipToStatement() {
      if peek == "[" { readHeader() } else { readKeyAndValue() }
    }
  }

  /// Returns the place of a key by the names on the path to it; a table in an array has its index, from 0, after the
  /// array's name. For a key in an inline table, returns the place of the nearest enclosing key.
  func place(of path: [String]) -> ConfigPlace? {
    var path = path
    while !path.isEmpty {
      if let place = places[path] { return place }
      path.removeLast()
    }
    return nil
  }

  private var peek: Character? { index < text.count ? text[index] : nil }

  private mutating func advance() {
    if text[index] == "\n" { place = ConfigPlace(line: place.line + 1, column: 1) } else { place.column += 1 }
    index += 1
  }

  private mutating func skipBlanks() {
    while peek == " " || peek == "\t" { advance() }
  }

  /// Skips blank lines and comments; returns false at the end.
  private mutating func skipToStatement() -> Bool {
    while let character = peek {
      if character == "#" {
        while let next = peek, next != "\n" { _ = next; advance() }
      } else if character == "\n" || character == " " || character == "\t" {
        advance()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func readHeader() {
    advance()
    let isArray = peek == "["
    if isArray { advance() }
    let (names, place) = readNames()
    while let next = peek, next != "\n" { _ = next; advance() }
    table = names
    if isArray {
      let number = tables[names, default: 0]
      tables[names] = number + 1
      table.append(String(number))
    }
    note(names, place)
    note(table, place)
  }

  private mutating func readKeyAndValue() {
    let (names, place) = readNames()
    for count in names.indices { note(table + names[...count], place) }
    var depth = 0
    while let character = peek, depth > 0 || character != "\n" {
      switch character {
      case "\"", "'": skipText(character)
      case "#": while let next = peek, next != "\n" { _ = next; advance() }
      case "[", "{":
        depth += 1
        advance()
      case "]", "}":
        depth -= 1
        advance()
      default: advance()
      }
    }
  }

  /// Reads `a.b."c d"` up to the bracket or equals sign after it.
  private mutating func readNames() -> (names: [String], place: ConfigPlace) {
    skipBlanks()
    let start = place
    var names: [String] = []
    while let character = peek, character != "=", character != "]", character != "\n" {
      if character == "\"" || character == "'" {
        let first = index + 1
        skipText(character)
        names.append(String(text[first..<max(first, index - 1)]))
      } else if character == "." || character == " " || character == "\t" {
        advance()
      } else {
        let first = index
        while let next = peek, next.isLetter || next.isNumber || next == "_" || next == "-" { _ = next; advance() }
        if first == index { advance() } else { names.append(String(text[first..<index])) }
      }
    }
    return (names, start)
  }

  /// Skips a text in single or triple quotes.
  private mutating func skipText(_ quote: Character) {
    let isLong = index + 2 < text.count && text[index + 1] == quote && text[index + 2] == quote
    let length = isLong ? 3 : 1
    for _ in 0..<length { advance() }
    while index < text.count {
      if text[index] == "\\", quote == "\"" {
        advance()
        if index < text.count { advance() }
      } else if text[index...].prefix(length).allSatisfy({ $0 == quote }), text.count - index >= length {
        for _ in 0..<length { advance() }
        // The last quotes in a triple-quoted text may belong to its content.
        while isLong, peek == quote { advance() }
        return
      } else {
        advance()
      }
    }
  }

  private mutating func note(_ path: [String], _ place: ConfigPlace) {
    if places[path] == nil { places[path] = place }
  }
}

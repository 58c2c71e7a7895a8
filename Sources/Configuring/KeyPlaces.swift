/// Where the keys of a TOML text stand: the parser does not tell.
///
/// Walks a text that has been parsed without error, so that everything but keys can be passed over.
struct KeyPlaces {
  private let text: [Character]
  private var index = 0
  private var place = ConfigPlace(line: 1, column: 1)
  private var table: [String] = []
  private var tables: [[String]: Int] = [:]
  private var places: [[String]: ConfigPlace] = [:]

  /// Notes the places of all keys.
  init(_ text: String) {
    // CRLF is one character of Swift's; as LF it is one of TOML's, too.
    self.text = Array(text.replacing("\r\n", with: "\n"))
    while skipToStatement() {
      if peek == "[" { readHeader() } else { readKeyAndValue() }
    }
  }

  /// The place of a key, by the names on the way to it; tables of an array have their number, from 0, after its name. Of a
  /// key within an inline table the place of the nearest key around it.
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

  /// Passes blank lines and comments; false at the end.
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

  /// Passes a text in quotes, one or three of them.
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
        // Of a long text the last quotes may be its own.
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

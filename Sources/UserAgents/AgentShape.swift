import ByteScanning

/// What a user agent looks like without anything that could tell one client from others of its kind.
///
/// Numbers and versions become `N`, and identifiers `X`: words of 8 or more characters that mix letters and digits,
/// hexadecimal groups, addresses, and values behind `=`. A word with `@` in it is reduced to that sign, and a web address to
/// its host. Other words stay, because they name programs.
public struct AgentShape {
  /// The longest shape, in characters.
  public static let longest = 100

  /// Returns the shape of an agent.
  public static func text(of agent: [UInt8]) -> String {
    var shape = AgentShape()
    let agent = withAtSigns(agent)
    var start = 0
    for (index, byte) in agent.enumerated() where separators.contains(byte) || isBlank(byte) {
      shape.add(agent[start..<index])
      shape.separate(byte)
      start = index + 1
    }
    shape.add(agent[start...])
    while shape.bytes.last == Byte.space { shape.bytes.removeLast() }
    let text = String(decoding: shape.bytes, as: UTF8.self)
    return text.count > longest ? String(text.prefix(longest - 1)) + "…" : text
  }

  /// The shortest word with letters and digits that is taken for an identifier.
  private static let shortestID = 8
  /// The longest word, in bytes, that is not taken for an identifier.
  private static let longestWord = 30

  private var bytes: [UInt8] = []
  /// The length of the shape when a number was last added to it.
  private var endOfNumber = -1

  /// Adds a byte between words. Blanks and control characters become one blank.
  private mutating func separate(_ byte: UInt8) {
    guard Self.isBlank(byte) else { return bytes.append(byte) }
    if let last = bytes.last, last != Byte.space { bytes.append(Byte.space) }
  }

  /// Adds what is between two separators.
  private mutating func add(_ text: ArraySlice<UInt8>) {
    if text.contains(Byte.at) {
      bytes.append(Byte.at)
    } else if let (before, host) = Self.host(in: text) {
      addWords(before)
      addWords(host)
    } else if Self.isAddress(text) {
      addID()
    } else if let equals = text.firstIndex(of: Byte.equals) {
      addWords(text[..<equals])
      bytes.append(Byte.equals)
      if equals + 1 < text.endIndex { addID() }
    } else {
      addWords(text)
    }
  }

  /// Adds words and the signs between them.
  private mutating func addWords(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let first = rest.first {
      let word = rest.prefix { Self.isOfWord($0) }
      let group = rest.prefix { Self.isOfWord($0) || $0 == Byte.hyphen }
      if word.isEmpty {
        bytes.append(first)
        rest.removeFirst()
      } else if Self.isHexadecimal(group) {
        addID()
        rest.removeFirst(group.count)
      } else {
        addWord(word)
        rest.removeFirst(word.count)
      }
    }
  }

  private mutating func addWord(_ word: ArraySlice<UInt8>) {
    let digits = word.count { Byte.isDigit($0) }
    let isMixed = digits > 0 && digits < word.count
    guard word.count <= Self.longestWord || digits == word.count, !isMixed || word.count < Self.shortestID else {
      return addID()
    }
    var rest = word
    while let first = rest.first {
      guard Byte.isDigit(first) else {
        bytes.append(first)
        rest.removeFirst()
        continue
      }
      addNumber()
      rest = rest.drop { Byte.isDigit($0) }
    }
  }

  /// Adds a number, or makes it part of the one before it: `142.0.0.0` is one number.
  private mutating func addNumber() {
    if bytes.count == endOfNumber + 1, let sign = bytes.last, Self.signsInNumbers.contains(sign) {
      bytes.removeLast()
    } else {
      bytes.append(UInt8(ascii: "N"))
    }
    endOfNumber = bytes.count
  }

  private mutating func addID() { bytes.append(UInt8(ascii: "X")) }

  /// Returns the host of a web address, with or without a scheme, and what is before the address; nil if there is none.
  private static func host(in text: ArraySlice<UInt8>) -> (before: ArraySlice<UInt8>, host: ArraySlice<UInt8>)? {
    if let colon = text.indices.first(where: { text[$0...].starts(with: schemeEnd) }) {
      var start = colon
      while start > text.startIndex, Byte.isLetter(text[start - 1]) { start -= 1 }
      return (text[..<start], text[(colon + schemeEnd.count)...].prefix { isOfHost($0) })
    }
    let before = text.prefix { !isOfWord($0) }
    let address = text[before.endIndex...]
    let host = address.prefix { isOfHost($0) }
    if address.prefix(www.count).map(Byte.lower) == www { return (before, host) }
    // A name with dots and a path after it. A digit after the slash is a version.
    guard let dot = host.lastIndex(of: Byte.dot), host.endIndex + 1 < text.endIndex, text[host.endIndex] == Byte.slash,
      !Byte.isDigit(text[host.endIndex + 1]), host.endIndex - dot > 2, host[(dot + 1)...].allSatisfy(Byte.isLetter)
    else { return nil }
    return (before, host)
  }

  /// Whether a text is an address of the network or of hardware: hexadecimal digits with two or more colons.
  private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
    text.count { $0 == Byte.colon } >= 2 && text.contains(where: Byte.isDigit)
      && text.allSatisfy { $0 == Byte.colon || $0 == Byte.dot || HexDigits.value($0) != nil }
  }

  /// Whether a text is an identifier of groups of hexadecimal digits, such as a UUID.
  private static func isHexadecimal(_ text: ArraySlice<UInt8>) -> Bool {
    text.count >= shortestID && text.contains(Byte.hyphen) && text.contains(where: Byte.isDigit)
      && text.contains(where: Byte.isLetter)
      && text.allSatisfy { $0 == Byte.hyphen || HexDigits.value($0) != nil }
  }

  /// Returns an agent with all forms of the sign in mail addresses replaced by `@`.
  private static func withAtSigns(_ agent: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < agent.count {
      let form = atSigns.first { agent[index] == $0[0] && agent[index...].prefix($0.count).map(Byte.lower) == $0 }
      out.append(form == nil ? agent[index] : Byte.at)
      index += form?.count ?? 1
    }
    return out
  }

  private static let atSigns = ["(at)", "[at]", "{at}", "<at>", "%40"].map { Array($0.utf8) }
  private static let schemeEnd = Array("://".utf8)
  private static let www = Array("www.".utf8)
  private static let separators = Set(#"()[]{}<>;,"'|`\"#.utf8)
  private static let signsInNumbers = Set("._-,".utf8)

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }

  /// Whether a byte is part of a word: a letter of any script, or a digit.
  private static func isOfWord(_ byte: UInt8) -> Bool { Byte.isLetterOrDigit(byte) || byte >= 0x80 }

  private static func isOfHost(_ byte: UInt8) -> Bool { isOfWord(byte) || byte == Byte.hyphen || byte == Byte.dot }
}

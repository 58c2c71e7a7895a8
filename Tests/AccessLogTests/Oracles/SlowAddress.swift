/// Recognizes clients and hosts by their shapes, the slow way: by splitting them at their punctuation.
enum SlowAddress {
  /// Returns whether a text may be a client: an address, a list of addresses, `-`, nothing, or a socket of the server
  /// itself.
  static func isClient(_ text: [UInt8]) -> Bool {
    let isSocket = text.starts(with: "unix:".utf8) || text.starts(with: "envoy:".utf8)
    return text.isEmpty || text.elementsEqual("-".utf8) || isSocket || isList(text)
  }

  /// Returns whether a text is one address, with or without port, brackets or zone.
  static func isAddress(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    if isDotted(parts.first ?? []), parts.count == 1 || isPort(parts[1]) { return true }
    return isColoned(text)
  }

  /// Returns whether a word is an address, possibly followed by a comma or in brackets.
  static func isAddressWord(_ word: [UInt8]) -> Bool {
    let bare = word.last == UInt8(ascii: ",") ? Array(word.dropLast()) : word
    let isBracketed = ["()", "[]"].contains { [bare.first, bare.last].elementsEqual($0.utf8.map(Optional.init)) }
    return isAddress(isBracketed ? Array(bare.dropFirst().dropLast()) : bare)
  }

  /// Returns whether a text may be a host: a name or an address, with or without a port, or `-`, `_` or `*`.
  static func isHost(_ text: [UInt8]) -> Bool {
    if text.first == UInt8(ascii: "[") { return isColoned(text) }
    let parts = text.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
    if parts.count > 1, !isPort(parts[1]) { return isColoned(text) }
    let name = parts.first ?? []
    if name.isEmpty || ["*", "-"].contains(where: { name.elementsEqual($0.utf8) }) || isDotted(name) { return true }
    let hasLetter = name.contains { isLetter($0) || $0 >= 0x80 || $0 == UInt8(ascii: "_") }
    return hasLetter && name.allSatisfy { isOfName($0) || $0 >= 0x80 }
  }

  /// Returns whether a text is a dotted name whose last part starts like a word.
  static func isDottedName(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1, last.count > 1, text.first != UInt8(ascii: ".") || parts.count > 2
    else { return false }
    return text.allSatisfy(isOfName) && (isLetter(last[last.startIndex]) || last.first == UInt8(ascii: "_"))
  }

  /// Returns whether a text may be a client in a log whose clients are names.
  static func isName(_ text: [UInt8]) -> Bool {
    !text.isEmpty && text.allSatisfy { isOfName($0) || $0 == UInt8(ascii: "/") }
  }

  private static func isOfName(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || "-_.".utf8.contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isPort(_ text: [UInt8]) -> Bool { text.count <= 5 && text.allSatisfy(isDigit) }

  /// `192.0.2.1`
  private static func isDotted(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isDigit) }
  }

  /// `2001:db8::1`, `::ffff:192.0.2.1`, `fe80::1%eth0`, `[::1]`, `[::1]:80`; not `13:55:36`.
  private static func isColoned(_ text: [UInt8]) -> Bool {
    var body = text
    if text.first == UInt8(ascii: "[") {
      guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let behind = Array(text[(close + 1)...])
      guard behind.isEmpty || (behind[0] == UInt8(ascii: ":") && isPort(Array(behind.dropFirst()))) else {
        return false
      }
      body = Array(text[1..<close])
    }
    let parts = body.split(separator: UInt8(ascii: "%"), maxSplits: 1, omittingEmptySubsequences: false)
    let number = Array(parts.first ?? [])
    let colons = number.count { $0 == UInt8(ascii: ":") }
    let beforeDots = number.prefix { $0 != UInt8(ascii: ".") }
    let isSpelled = number.allSatisfy { "0123456789abcdefABCDEF:.".utf8.contains($0) }
    let isDottedEarly = beforeDots.count < number.count && beforeDots.count { $0 == UInt8(ascii: ":") } < 2
    guard isSpelled, !isDottedEarly else { return false }
    let hasGap = String(decoding: number, as: UTF8.self).contains("::")
    return colons > 2 || (colons == 2 && (hasGap || parts.count == 2))
  }

  /// Returns whether a text is one address, or several separated by commas and blanks, quoted or not. Some may be
  /// placeholders, but not all.
  private static func isList(_ text: [UInt8]) -> Bool {
    let words = text.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }.map { word in
      Array(word.drop { $0 == UInt8(ascii: "\"") }.reversed().drop { $0 == UInt8(ascii: "\"") }.reversed())
    }.filter { !$0.isEmpty }
    func isTold(_ word: [UInt8]) -> Bool { isAddress(word) || word.elementsEqual("localhost".utf8) }
    func isPlaceholder(_ word: [UInt8]) -> Bool {
      word.elementsEqual("unknown".utf8) || word.elementsEqual("-".utf8) || word[0] == UInt8(ascii: "_")
    }
    return words.contains(where: isTold) && words.allSatisfy { isTold($0) || isPlaceholder($0) }
  }
}

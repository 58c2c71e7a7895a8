import ByteScanning

/// The pattern of a rule that matches wherever a text occurs, in upper or lower case. It is found without a regular
/// expression, which would have to be compiled.
struct PlainText: Sendable {
  /// What a pattern begins with if its text must start a word.
  static let wordStart = "(?<![a-z0-9])"

  /// The text in lower case.
  let text: [UInt8]
  /// Whether neither a letter nor a digit may come before it.
  let startsWord: Bool

  /// Reads the pattern of a rule; nil if it is more than a text.
  init?(_ rule: AgentRule) {
    guard rule.ignoresCase else { return nil }
    startsWord = rule.pattern.hasPrefix(Self.wordStart)
    let pattern = rule.pattern.utf8.dropFirst(startsWord ? Self.wordStart.utf8.count : 0)
    var text: [UInt8] = []
    var isEscaped = false
    for byte in pattern {
      if byte == Self.escape, !isEscaped {
        isEscaped = true
        continue
      }
      // An escaped letter or digit stands for something else.
      let isText = isEscaped ? !Byte.isLetterOrDigit(byte) : Self.standsForItself(byte)
      guard isText else { return nil }
      isEscaped = false
      text.append(Byte.lower(byte))
    }
    guard !isEscaped, text.count >= LiteralExtractor.shortestText else { return nil }
    self.text = text
  }

  /// Returns where the text first occurs in an agent, in lower case; nil if it does not.
  func range(in lower: [UInt8]) -> Range<Int>? {
    var start = 0
    while let index = ByteSearch.firstIndex(of: text, in: lower.span, from: start, to: lower.count) {
      if !startsWord || index == 0 || !Byte.isLetterOrDigit(lower[index - 1]) {
        return index..<index + text.count
      }
      start = index + 1
    }
    return nil
  }

  /// Writes a text that starts a word as a pattern.
  static func pattern(startingWord text: [UInt8]) -> String {
    var pattern = Array(wordStart.utf8)
    for byte in text {
      if !standsForItself(byte) { pattern.append(escape) }
      pattern.append(byte)
    }
    return String(decoding: pattern, as: UTF8.self)
  }

  private static let escape = UInt8(ascii: "\\")

  private static func standsForItself(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "-"): true
    case UInt8(ascii: "_"), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "@"): true
    default: false
    }
  }
}

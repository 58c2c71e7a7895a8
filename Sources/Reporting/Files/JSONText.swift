import Foundation

/// Values as JSON in the form all commands print it.
public enum JSONText {
  /// The text, keys sorted, with a line end. What a terminal should not see is escaped.
  public static func of(_ value: some Encodable) throws -> String {
    try text(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  }

  /// The same text on one line.
  public static func line(_ value: some Encodable) throws -> String {
    try text(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func text(_ value: some Encodable, _ form: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = form
    let text = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
    // Beyond ASCII there is nothing outside of strings.
    var escaped = ""
    for scalar in text.unicodeScalars {
      append(scalar, to: &escaped, isEscaped: scalar.value >= 0x7F && isUnseen(scalar))
    }
    return escaped
  }

  /// A text as a JSON string (RFC 8259, section 7).
  static func string(_ text: String) -> String {
    var string = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": string += "\\\""
      case "\\": string += "\\\\"
      default: append(scalar, to: &string, isEscaped: isUnseen(scalar))
      }
    }
    return string + "\""
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    !TerminalText.isPrintable(scalar)
  }

  /// Adds a character, or its escapes: `\u001b`, of those beyond U+FFFF a pair.
  private static func append(_ scalar: Unicode.Scalar, to string: inout String, isEscaped: Bool) {
    guard isEscaped else { return string.unicodeScalars.append(scalar) }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      string += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

import Foundation

/// JSON in the form that all commands print.
public enum JSONText {
  /// Returns a value as text with sorted keys and a line end. Characters that are not printable are escaped.
  public static func of(_ value: some Encodable) throws -> String {
    try text(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  }

  /// Returns the same text on one line.
  public static func line(_ value: some Encodable) throws -> String {
    try text(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func text(_ value: some Encodable, _ form: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = form
    let text = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
    // Characters beyond ASCII occur only within strings.
    var escaped = ""
    for scalar in text.unicodeScalars {
      append(scalar, to: &escaped, isEscaped: scalar.value >= 0x7F && isUnseen(scalar))
    }
    return escaped
  }

  /// Returns a text as a JSON string (RFC 8259, section 7).
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

  /// Appends a character or its escape, such as `\u001b`; beyond U+FFFF, a pair of escapes.
  private static func append(_ scalar: Unicode.Scalar, to string: inout String, isEscaped: Bool) {
    guard isEscaped else { return string.unicodeScalars.append(scalar) }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      string += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

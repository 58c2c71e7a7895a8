import Foundation

/// Values as JSON in the form all commands print it.
public enum JSONText {
  /// The text, keys sorted, with a line end.
  public static func of(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// A text as a JSON string (RFC 8259, section 7).
  static func string(_ text: String) -> String {
    var string = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": string += "\\\""
      case "\\": string += "\\\\"
      case _ where scalar.value < 0x20:
        string += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      default: string.unicodeScalars.append(scalar)
      }
    }
    return string + "\""
  }
}

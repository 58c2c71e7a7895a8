/// A fragment of HTML. Text of any origin is escaped, and markup can come only from literals in the source. So whatever
/// somebody writes into a log can only become text.
public struct HTML: Sendable {
  /// The markup.
  public private(set) var source: String

  /// An empty fragment.
  static let empty = HTML(source: "")

  private init(source: String) {
    self.source = source
  }

  /// Creates text from any value: HTML characters are escaped, and characters that move, hide or reorder other text are
  /// replaced.
  init(text: String) {
    source = Self.escaped(TerminalText.printable(text))
  }

  /// Creates the element for one of our assets, with its text unchanged.
  init(_ asset: PageAsset) {
    source = "<\(asset.element)>\(asset.text)</\(asset.element)>"
  }

  /// Returns an element with attributes and content. For elements without an end tag (`meta`, `input`), use
  /// ``void(_:_:)``.
  static func element(
    _ name: StaticString, _ attributes: [HTMLAttribute] = [], @HTMLBuilder content: () -> HTML = { .empty }
  ) -> HTML {
    HTML(source: "<\(name)\(Self.list(attributes))>\(content().source)</\(name)>")
  }

  /// Returns an element without content and end tag.
  static func void(_ name: StaticString, _ attributes: [HTMLAttribute] = []) -> HTML {
    HTML(source: "<\(name)\(Self.list(attributes))>")
  }

  /// Returns a whole document.
  static func document(_ root: HTML) -> HTML {
    HTML(source: "<!doctype html>\n" + root.source + "\n")
  }

  /// Returns fragments one after the other.
  static func joined(_ pieces: [HTML]) -> HTML {
    var source = ""
    for piece in pieces { source += piece.source }
    return HTML(source: source)
  }

  private static func list(_ attributes: [HTMLAttribute]) -> String {
    var list = ""
    for attribute in attributes {
      list += " \(attribute.name)"
      if let value = attribute.value { list += "=\"\(escaped(TerminalText.printable(value)))\"" }
    }
    return list
  }

  /// Source of the rule: OWASP, "Cross Site Scripting Prevention", rules 1 and 2; all attributes are quoted.
  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// An attribute: its name is a literal in the source, its value is escaped.
struct HTMLAttribute {
  let name: StaticString
  let value: String?

  init(_ name: StaticString, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Creates an attribute without a value.
  init(_ name: StaticString) {
    self.name = name
    value = nil
  }

  static func `class`(_ value: String) -> HTMLAttribute { HTMLAttribute("class", value) }
  static func id(_ value: String) -> HTMLAttribute { HTMLAttribute("id", value) }
  static func label(_ value: String) -> HTMLAttribute { HTMLAttribute("aria-label", value) }
}

/// Joins fragments of HTML; a string among them is text.
@resultBuilder
enum HTMLBuilder {
  static func buildExpression(_ text: String) -> HTML { HTML(text: text) }
  static func buildExpression(_ piece: HTML) -> HTML { piece }
  static func buildExpression(_ pieces: [HTML]) -> HTML { .joined(pieces) }
  static func buildBlock(_ pieces: HTML...) -> HTML { .joined(pieces) }
  static func buildOptional(_ piece: HTML?) -> HTML { piece ?? .empty }
  static func buildEither(first piece: HTML) -> HTML { piece }
  static func buildEither(second piece: HTML) -> HTML { piece }
  static func buildArray(_ pieces: [HTML]) -> HTML { .joined(pieces) }
}

import ByteScanning
import Collecting

/// A rule of the operator that matches some lines: conditions on their fields, all of which must hold.
///
/// Written as `path:/admin/*`, `agent:/monitor|uptime/`, `!host:*.example.com`, or several of them separated by spaces.
public struct LineRule: Sendable, Equatable {
  /// The field that a condition examines.
  public enum Field: String, CaseIterable, Sendable {
    /// The pathname, as reports show it.
    case path
    /// The host the request was sent to.
    case host
    /// The status of the response, three digits.
    case status
    /// The method.
    case method
    /// The user agent.
    case agent
    /// The client's address.
    case address

    /// Only paths are case-sensitive.
    var ignoresCase: Bool { self != .path }
  }

  /// What a field is compared with.
  enum Pattern: Sendable, Equatable {
    case glob(Glob)
    case expression(String)
    case network(AddressRange)
  }

  struct Condition: Sendable, Equatable {
    var field: Field
    var isInverted: Bool
    var pattern: Pattern
  }

  /// The rule as written.
  public let text: String
  let conditions: [Condition]

  /// Parses a rule.
  ///
  /// - Throws: ``RuleMistake`` if the rule is not valid.
  public init(_ text: String) throws(RuleMistake) {
    self.text = text
    var conditions: [Condition] = []
    for part in try Self.parts(text) {
      if let condition = try Self.condition(part) { conditions.append(condition) }
    }
    guard !conditions.isEmpty else { throw RuleMistake("the rule is empty; write it as in 'path:/admin/*'") }
    self.conditions = conditions
  }

  /// Returns the texts of the conditions. Each begins with the name of a field and a colon, and may contain spaces
  /// after it.
  private static func parts(_ text: String) throws(RuleMistake) -> [String] {
    var parts: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if fieldAndPattern(word) != nil {
        parts.append(String(word))
      } else if let last = parts.popLast() {
        parts.append(last + " " + word)
      } else if !word.isEmpty {
        throw RuleMistake(
          "'\(text)' does not begin with a field; use one of \(names), and a colon, as in 'path:/admin/*'")
      }
    }
    return parts.map { $0.trimmingBlanksAtEnd }
  }

  private static let names = Field.allCases.map(\.rawValue).joined(separator: ", ")

  private static func fieldAndPattern(_ text: Substring) -> (field: Field, isInverted: Bool, pattern: Substring)? {
    let isInverted = text.hasPrefix("!")
    let bare = isInverted ? text.dropFirst() : text
    guard let colon = bare.firstIndex(of: ":"), let field = Field(rawValue: String(bare[..<colon])) else { return nil }
    return (field, isInverted, bare[bare.index(after: colon)...])
  }

  private static func condition(_ text: String) throws(RuleMistake) -> Condition? {
    guard let (field, isInverted, pattern) = fieldAndPattern(text[...]) else { return nil }
    return Condition(field: field, isInverted: isInverted, pattern: try Self.pattern(String(pattern), of: field))
  }

  private static func pattern(_ text: String, of field: Field) throws(RuleMistake) -> Pattern {
    guard !text.isEmpty else { throw RuleMistake("nothing follows '\(field.rawValue):'; add a pattern") }
    if text.count > 2, text.hasPrefix("/"), text.hasSuffix("/"), !text.hasSuffix("\\/") {
      let expression = String(text.dropFirst().dropLast())
      if field == .path, !expression.contains(where: { "\\|()[]{}+^$".contains($0) }) {
        throw RuleMistake(
          "'path:\(text)' could be a path or a regular expression; write 'path:\(text.dropLast())\\/' for the path, or 'path:/^\\/…/' for an expression"
        )
      }
      // Compiled here only to validate it; each filter compiles its own.
      _ = try Expression(expression, ignoresCase: field.ignoresCase)
      return .expression(expression)
    }
    if field == .address, let network = try network(text) { return .network(network) }
    return .glob(Glob(text, ignoresCase: field.ignoresCase))
  }

  /// Returns the network that a text names; nil if it is a glob.
  private static func network(_ text: String) throws(RuleMistake) -> AddressRange? {
    do throws(AddressRange.Failure) {
      return try AddressRange(text)
    } catch {
      if error == .notAnAddress { return nil }
      throw RuleMistake("'address:\(text)': \(error)")
    }
  }
}

extension String {
  fileprivate var trimmingBlanksAtEnd: String {
    var text = self[...]
    while text.hasSuffix(" ") { text.removeLast() }
    return String(text)
  }
}

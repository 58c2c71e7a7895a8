/// A rule that turns some lines of a log into an event: `POST /signup 303 -> Signup {plan: $query.plan}`.
///
/// docs/events.md describes the grammar.
public struct EventRule: Equatable, Sendable {
  /// The value of a property.
  public enum Value: Equatable, Sendable {
    /// A text from the rule.
    case text(String)
    /// A number, `true` or `false` from the rule, as written.
    case word(String)
    /// The path as stored for page views.
    case path
    /// The first query parameter with this name.
    case query(String)
    /// Host and path of the referrer.
    case referrer
    /// The host the request was sent to.
    case host
    /// The method.
    case method
    /// The status.
    case status
  }

  /// A property of the event.
  public struct Property: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: Value
  }

  /// The longest method a rule may name, in bytes.
  public static let longestMethod = 16

  /// The methods it matches; empty for all.
  public var methods: [String] = ["GET"]
  /// The paths it matches; nil for all.
  public var path: PathPattern?
  /// The status codes it matches.
  public var statuses: [ClosedRange<Int>] = [200...299, 304...304]
  /// The name of the event.
  public var name = ""
  /// Its properties.
  public var properties: [Property] = []

  /// Parses a rule.
  ///
  /// - Throws: what is wrong, where, and how to fix it.
  public init(_ text: String) throws(EventRuleError) {
    var parser = EventRuleParser(text)
    self.init()
    try parser.read(into: &self)
  }

  private init() {}
}

/// An error in the text of an event rule.
public struct EventRuleError: Error, Equatable, CustomStringConvertible {
  /// The rule.
  public var rule: String
  /// The character at which the error is, counted from 1.
  public var column: Int
  /// What is wrong and how to fix it.
  public var reason: String

  /// The rule, the column and the reason in one line.
  public var description: String { "event rule '\(rule)', column \(column): \(reason)" }
}

/// A rule that makes an event of some lines of a log: `POST /signup 303 -> Signup {plan: $query.plan}`.
///
/// The grammar is told in docs/events.md.
public struct EventRule: Equatable, Sendable {
  /// What a property is filled with.
  public enum Value: Equatable, Sendable {
    /// A text of the rule itself.
    case text(String)
    /// A number, `true` or `false` of the rule itself, as it is written.
    case word(String)
    /// The path as it is kept of page views.
    case path
    /// The first parameter of that name in the query.
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
    /// What it is filled with.
    public var value: Value
  }

  /// The longest method a rule may name, in bytes.
  public static let longestMethod = 16

  /// The methods it holds for; empty for all.
  public var methods: [String] = ["GET"]
  /// The paths it holds for; nil for all.
  public var path: PathPattern?
  /// The status codes it holds for.
  public var statuses: [ClosedRange<Int>] = [200...299, 304...304]
  /// The name of the event.
  public var name = ""
  /// Its properties.
  public var properties: [Property] = []

  /// Reads a rule.
  ///
  /// - Throws: what is wrong, where, and how it is mended.
  public init(_ text: String) throws(EventRuleError) {
    var parser = EventRuleParser(text)
    self.init()
    try parser.read(into: &self)
  }

  private init() {}
}

/// What is wrong with the text of an event rule.
public struct EventRuleError: Error, Equatable, CustomStringConvertible {
  /// The rule.
  public var rule: String
  /// The character at which it goes wrong, from 1.
  public var column: Int
  /// What is wrong, and how it is mended.
  public var reason: String

  /// All of it in one line.
  public var description: String { "event rule '\(rule)', column \(column): \(reason)" }
}

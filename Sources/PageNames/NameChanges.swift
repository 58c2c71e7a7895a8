import Redaction

/// How a page got its name, for explanations and previews.
public struct NameChanges: Equatable, Sendable {
  /// Several slashes in a row, or a slash at the end, were merged.
  public var slashes = false
  /// An index name was merged into its folder.
  public var index = false
  /// Capital letters became small.
  public var letterCase = false
  /// The index of the rule that matched; nil if none did.
  public var rule: Int?
  /// Parameters of the query were kept.
  public var keepsQuery = false
  /// The kinds of personal data that were redacted.
  public var redacted: RedactedKinds = []

  /// Creates changes without any.
  public init() {}
}

extension NameChanges {
  /// What changed, in words: `slashes merged`, `rule '/user/* -> /user/:name'`, `redacted :email`; empty if nothing did.
  public func causes(in naming: PageNaming) -> [String] {
    var parts: [String] = []
    if slashes { parts.append("slashes merged") }
    if index { parts.append("index name merged") }
    if letterCase { parts.append("capitals folded") }
    if keepsQuery { parts.append("parameters kept") }
    if let rule { parts.append("rule '\(naming.rules[rule].text)'") }
    parts += RedactedKinds.all.filter { redacted.contains($0.kind) }.map { "redacted " + $0.word }
    return parts
  }
}

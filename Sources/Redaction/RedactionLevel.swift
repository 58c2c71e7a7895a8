/// How much is redacted.
public enum RedactionLevel: String, CaseIterable, Sendable {
  /// Nothing.
  case off
  /// What can identify a person: everything in ``RedactedKinds`` but numbers.
  case standard = "default"
  /// Numbers as well.
  case strict
}

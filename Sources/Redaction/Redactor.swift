/// STUB, replaced by the real module.
public enum RedactionLevel: String, CaseIterable, Sendable { case off, standard = "default", strict }
public struct RedactedKinds: OptionSet, Sendable, Hashable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  public static let email = RedactedKinds(rawValue: 1)
  public static let all: [(kind: RedactedKinds, word: String)] = [(.email, ":email")]
}
public struct Redactor: Sendable {
  public let level: RedactionLevel
  public init(_ level: RedactionLevel) { self.level = level }
  public func redactPath(_ text: inout [UInt8], from start: Int) -> RedactedKinds { [] }
  public func redactValue(_ text: inout [UInt8], from start: Int) -> RedactedKinds { [] }
  public func path(_ text: String) -> String { text }
  public func value(_ text: String) -> String { text }
}

/// The kinds of personal data that were found in a text.
public struct RedactedKinds: OptionSet, Sendable, Hashable {
  /// One bit for each kind.
  public let rawValue: UInt8

  /// Creates a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// An e-mail address.
  public static let email = RedactedKinds(rawValue: 1 << 0)
  /// A universally unique identifier with its hyphens.
  public static let uuid = RedactedKinds(rawValue: 1 << 1)
  /// A secret or an identifier that looks random.
  public static let token = RedactedKinds(rawValue: 1 << 2)
  /// A telephone number in international form.
  public static let phone = RedactedKinds(rawValue: 1 << 3)
  /// An IP address.
  public static let ip = RedactedKinds(rawValue: 1 << 4)
  /// The number of a payment card.
  public static let card = RedactedKinds(rawValue: 1 << 5)
  /// A number; only with ``RedactionLevel/strict``.
  public static let id = RedactedKinds(rawValue: 1 << 6)

  /// Each kind, with the word that replaces it.
  public static let all: [(kind: RedactedKinds, word: String)] = [
    (.email, ":email"), (.uuid, ":uuid"), (.token, ":token"), (.phone, ":phone"), (.ip, ":ip"), (.card, ":card"),
    (.id, ":id"),
  ]
}

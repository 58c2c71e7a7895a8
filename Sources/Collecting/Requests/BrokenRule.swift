/// A rule of the collect API that a body breaks: what an answer of 422 names. It never holds what stands in the body.
public struct BrokenRule: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// A field of a body, or the body as a whole.
  public enum Field: Int, CaseIterable, Sendable {
    case body, type, trackingID, url, pathname, referrer, ip, userAgent
    case utmSource, utmMedium, utmCampaign, utmContent, utmTerm
    case timestamp, name, props

    /// The name it has in a body.
    public var text: String { Self.texts[rawValue] }

    private static let texts = [
      "body", "type", "tracking_id", "url", "pathname", "referrer", "ip", "user_agent", "utm_source", "utm_medium",
      "utm_campaign", "utm_content", "utm_term", "timestamp", "name", "props",
    ]
  }

  /// What is asked of a field.
  public enum Rule: CaseIterable, Sendable {
    /// The body is one JSON object and nothing else.
    case object
    /// The body is UTF-8.
    case unicode
    /// Escapes of surrogates come in pairs.
    case surrogates
    /// Values lie in each other at most 32 deep.
    case depth
    /// The field stands there once.
    case once
    /// The field is there and not empty.
    case required
    /// The field is a string.
    case text
    /// `pageview` or `event`, and where the address tells the kind, that kind.
    case kind
    /// `gx_` and twelve letters or digits.
    case trackingID
    /// A path that starts with a slash.
    case path
    /// An IPv4 or IPv6 address.
    case address
    /// A whole number of Unix seconds within the time that is taken.
    case seconds
    /// At most 255 characters.
    case nameLength
    /// No control characters.
    case noControls
    /// At most 4,096 bytes as encoded.
    case propsLength
    /// A flat object of strings, numbers and booleans, whose names differ and are not empty.
    case flat

    /// What is asked, to be read after the field's name.
    public var message: String {
      switch self {
      case .object: "must be one JSON object"
      case .unicode: "must be UTF-8"
      case .surrogates: "must escape surrogates in pairs"
      case .depth: "must not nest values deeper than 32"
      case .once: "must not come twice"
      case .required: "is required"
      case .text: "must be a string"
      case .kind: "must be pageview or event, as the address says where it says it"
      case .trackingID: "must be gx_ and twelve letters or digits"
      case .path: "must start with a slash"
      case .address: "must be an IPv4 or IPv6 address"
      case .seconds: "must be whole Unix seconds, neither before 1970 nor too far ahead"
      case .nameLength: "must have at most 255 characters"
      case .noControls: "must not hold control characters"
      case .propsLength: "must have at most 4096 bytes as JSON"
      case .flat: "must be a flat object of strings, numbers and booleans, each under a name of its own"
      }
    }
  }

  /// The field.
  public var field: Field
  /// What is asked of it.
  public var rule: Rule

  /// A rule that a field breaks.
  public init(_ field: Field, _ rule: Rule) {
    self.field = field
    self.rule = rule
  }

  /// Field and rule in a few words, such as `ip must be an IPv4 or IPv6 address`.
  public var description: String { "\(field.text) \(rule.message)" }
}

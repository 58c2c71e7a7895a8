/// A rule of the collect API that a body breaks, as named in a 422 response. It never contains text from the body.
public struct BrokenRule: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// A field of a body, or the body as a whole.
  public enum Field: Int, CaseIterable, Sendable {
    case body, type, trackingID, url, pathname, referrer, ip, userAgent
    case utmSource, utmMedium, utmCampaign, utmContent, utmTerm
    case timestamp, name, props

    /// The field's name in a body.
    public var text: String { Self.texts[rawValue] }

    private static let texts = [
      "body", "type", "tracking_id", "url", "pathname", "referrer", "ip", "user_agent", "utm_source", "utm_medium",
      "utm_campaign", "utm_content", "utm_term", "timestamp", "name", "props",
    ]
  }

  /// A requirement on a field.
  public enum Rule: CaseIterable, Sendable {
    /// The body is one JSON object and nothing else.
    case object
    /// The body is UTF-8.
    case unicode
    /// Surrogates are escaped in pairs.
    case surrogates
    /// Values are nested at most 32 levels deep.
    case depth
    /// The field appears only once.
    case once
    /// The field is present and not empty.
    case required
    /// The field is a string.
    case text
    /// `pageview` or `event`, and the kind that the endpoint accepts if it accepts only one.
    case kind
    /// `gx_` and twelve letters or digits.
    case trackingID
    /// A path that starts with a slash.
    case path
    /// An IPv4 or IPv6 address.
    case address
    /// A whole number of Unix seconds within the accepted range.
    case seconds
    /// At most 255 characters.
    case nameLength
    /// No control characters.
    case noControls
    /// At most 4,096 bytes, encoded.
    case propsLength
    /// A flat object of strings, numbers and booleans, with unique names that are not empty.
    case flat

    /// The requirement, phrased to follow the field's name.
    public var message: String {
      switch self {
      case .object: "must be one JSON object"
      case .unicode: "must be UTF-8"
      case .surrogates: "must escape surrogates in pairs"
      case .depth: "must not nest values more than 32 levels deep"
      case .once: "must not appear twice"
      case .required: "is required"
      case .text: "must be a string"
      case .kind: "must be pageview or event, and match the endpoint"
      case .trackingID: "must be gx_ and twelve letters or digits"
      case .path: "must start with a slash"
      case .address: "must be an IPv4 or IPv6 address"
      case .seconds: "must be whole Unix seconds, not before 1970 or too far in the future"
      case .nameLength: "must be at most 255 characters"
      case .noControls: "must not contain control characters"
      case .propsLength: "must be at most 4096 bytes as JSON"
      case .flat: "must be a flat object of strings, numbers and booleans with unique names"
      }
    }
  }

  /// The field.
  public var field: Field
  /// The requirement it breaks.
  public var rule: Rule

  /// Creates a rule that a field breaks.
  public init(_ field: Field, _ rule: Rule) {
    self.field = field
    self.rule = rule
  }

  /// Field and rule in one sentence, such as `ip must be an IPv4 or IPv6 address`.
  public var description: String { "\(field.text) \(rule.message)" }
}

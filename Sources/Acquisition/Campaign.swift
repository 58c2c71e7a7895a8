/// What a page's query tells of where the visit came from; all texts empty where absent.
public struct Campaign: Equatable, Sendable {
  /// `utm_source`.
  public var source = ""
  /// `utm_medium`.
  public var medium = ""
  /// `utm_campaign`.
  public var name = ""
  /// `utm_content`.
  public var content = ""
  /// `utm_term`.
  public var term = ""
  /// `ref` or `source`, which stand in for a missing `utm_source`.
  public var hint = ""
  /// Whether Google's or Microsoft's id of a paid click is there (`gclid`, `msclkid`); never the id itself.
  public var paidClick: PaidClick?

  /// Whose paid click it was.
  public enum PaidClick: Sendable {
    /// `gclid`, `gbraid`, `wbraid`.
    case google
    /// `msclkid`.
    case microsoft
  }

  /// A campaign that tells nothing.
  public init() {}
}

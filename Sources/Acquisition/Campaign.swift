/// What a page's query says about where the visit came from. Absent values are empty.
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
  /// `ref` or `source`, which replace a missing `utm_source`.
  public var hint = ""
  /// The network whose click id is present, preferably the first paid one; never the id itself.
  public var click: ClickID?

  /// Creates an empty campaign.
  public init() {}
}

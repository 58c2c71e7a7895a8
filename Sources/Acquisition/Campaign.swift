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
  /// Whose id of a click is there, the first paid one if there is one; never the id itself.
  public var click: ClickID?

  /// A campaign that tells nothing.
  public init() {}
}

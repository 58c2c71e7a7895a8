/// What a site may do by the collect API.
public struct SitePlan: Equatable, Sendable {
  /// Whether it may use the API at all.
  public var hasAPI = true
  /// How many page views of a month it may have, whatever brings them; nil for any number.
  public var monthlyCap: Int64?

  /// Everything.
  public init() {}
}

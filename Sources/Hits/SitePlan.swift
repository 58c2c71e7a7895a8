/// What a site may do with the collect API.
public struct SitePlan: Equatable, Sendable {
  /// Whether it may use the API at all.
  public var hasAPI = true
  /// The limit of page views per month, from logs and the API together; nil for no limit.
  public var monthlyCap: Int64?

  /// Creates a plan without limits.
  public init() {}
}

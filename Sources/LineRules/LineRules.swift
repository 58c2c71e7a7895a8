import Collecting

/// The rules of one site: which lines are excluded, and which are page views whatever they look like.
public struct LineRules: Sendable, Equatable {
  /// If there are any, a line that matches none of them is excluded.
  public var include: [LineRule]
  /// A line that matches one of them is excluded.
  public var exclude: [LineRule]
  /// A line that matches one of them is a page view.
  public var pageviews: [LineRule]

  /// The extensions of assets, in lower case.
  public var assets: [String]

  /// Creates rules.
  public init(
    include: [LineRule] = [], exclude: [LineRule] = [], pageviews: [LineRule] = [],
    assets: [String] = AssetExtensions.standard
  ) {
    self.include = include
    self.exclude = exclude
    self.pageviews = pageviews
    self.assets = assets
  }

  /// Whether there are no rules besides the list of assets.
  public var isEmpty: Bool { include.isEmpty && exclude.isEmpty && pageviews.isEmpty }
}

import Collecting

/// The rules of one site: which lines are left out, and which are page views whatever they look like.
public struct LineRules: Sendable, Equatable {
  /// Where there are some, a line is left out that none of them fits.
  public var include: [LineRule]
  /// A line is left out that one of them fits.
  public var exclude: [LineRule]
  /// A line is taken for a page view that one of them fits.
  public var pageviews: [LineRule]

  /// The extensions of assets, in lower case.
  public var assets: [String]

  /// Some rules.
  public init(
    include: [LineRule] = [], exclude: [LineRule] = [], pageviews: [LineRule] = [],
    assets: [String] = AssetExtensions.standard
  ) {
    self.include = include
    self.exclude = exclude
    self.pageviews = pageviews
    self.assets = assets
  }

  /// Whether there is no rule beside the list of assets.
  public var isEmpty: Bool { include.isEmpty && exclude.isEmpty && pageviews.isEmpty }
}

/// How stored texts are named anew, for each site.
///
/// Each function returns the text itself if it keeps its name. It must be idempotent: a name that it returned keeps its
/// name. It must return neither an empty text nor control characters.
public struct Renaming {
  /// Returns the name of a text of a site, which is given by its id.
  public typealias Name = (_ site: UInt32, _ text: String) -> String

  /// Names pathnames of the site: pages, first and last ones, missing ones, those that robots asked for, feeds.
  public var page: Name
  /// Names pathnames that other programs counted, which have other rules than ours.
  public var pastPage: Name
  /// Names sources: hosts, well-known sites, and what a campaign called its source.
  public var source: Name
  /// Names referrers: host and path.
  public var referrer: Name
  /// Names the values of campaigns, events, properties and their values.
  public var value: Name

  /// Bundles the functions.
  public init(
    page: @escaping Name, pastPage: @escaping Name, source: @escaping Name, referrer: @escaping Name,
    value: @escaping Name
  ) {
    self.page = page
    self.pastPage = pastPage
    self.source = source
    self.referrer = referrer
    self.value = value
  }
}

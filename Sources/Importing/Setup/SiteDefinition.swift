/// A site as described on the command line or in the configuration file.
public struct SiteDefinition: Sendable {
  /// The main host.
  public var host: String
  /// The IANA time zone; nil for the one that the site has, or UTC for a new site.
  public var timeZone: String?
  /// Further hosts; `*.example.com` for all that end so.
  public var aliases: [String]
  /// Patterns for the names of files whose lines belong to the site if no host identifies it.
  public var files: [String]
  /// Prefixes of paths that belong to the site: `/shop/`, or `example.com/shop/` for one host only.
  public var paths: [String]
  /// The rules that detect robots by their behaviour; nil to keep the current ones.
  public var behaviour: String?

  /// Whether the site may use the collect API; nil to keep the current setting.
  public var api: Bool?
  /// The monthly cap on page views, or `none`; nil to keep the current one.
  public var monthlyCap: String?

  /// Goals of the site: names of events, or `page:` and pathnames.
  public var goals: [String]

  /// Funnels of the site, each with a name and steps.
  public var funnels: [String]

  /// Describes a site.
  public init(
    host: String, timeZone: String? = nil, aliases: [String] = [], files: [String] = [], paths: [String] = [],
    behaviour: String? = nil, api: Bool? = nil, monthlyCap: String? = nil, goals: [String] = [],
    funnels: [String] = []
  ) {
    self.host = host
    self.timeZone = timeZone
    self.aliases = aliases
    self.files = files
    self.paths = paths
    self.behaviour = behaviour
    self.api = api
    self.monthlyCap = monthlyCap
    self.goals = goals
    self.funnels = funnels
  }
}

/// A `[[sites]]` table of the configuration file: a site, what identifies its lines, and rules for them.
public struct SiteSection: Sendable, Equatable {
  /// The main host.
  public var host = ""
  /// The time zone of a new site.
  public var timezone: String?
  /// Other hosts; `*.example.com` for all subdomains.
  public var aliases: [String] = []
  /// Patterns for the names of files whose lines belong to the site if no host decides.
  public var files: [String] = []
  /// Starts of paths that belong to the site: `/shop/` on any host, `example.com/shop/` on one.
  public var paths: [String] = []
  /// The rules that detect robots by their behaviour.
  public var behaviour: String?
  /// Whether the site may use the collect API.
  public var api: Bool?
  /// The number of page views per month after which the collect API refuses more.
  public var monthlyCap: String?
  /// Goals: names of events, or `page:` and pathnames.
  public var goals: [String] = []
  /// Funnels: a name, a colon and goals with `>` between them.
  public var funnels: [String] = []
  /// Rules for lines to exclude.
  public var exclude: [String] = []
  /// Rules for lines to include; all others are excluded.
  public var include: [String] = []
  /// Rules for lines that are page views.
  public var pageviews: [String] = []
  /// Changes to the list of asset extensions.
  public var assets: String?
  /// Rules that name pages.
  public var pathRules: [String] = []
  /// What happens to capital letters in paths.
  public var pathCase: String?
  /// What happens to a slash at the end of a path.
  public var pathSlash: String?
  /// What happens to an index name at the end of a path.
  public var pathIndex: String?
  /// Query parameters that make pages.
  public var keptQueries: [String] = []
  /// How much personal data is redacted.
  public var redact: String?
  /// The place of the table in the file.
  public var place: ConfigPlace?

  /// The keys, with their kinds and the properties that they set.
  static let keys: [(name: String, kind: ConfigKey.Kind, set: @Sendable (inout SiteSection, ConfigValue) -> Void)] = [
    ("host", .text, { $0.host = $1.texts[0] }),
    ("timezone", .text, { $0.timezone = $1.texts[0] }),
    ("aliases", .list, { $0.aliases = $1.texts }),
    ("files", .list, { $0.files = $1.texts }),
    ("paths", .list, { $0.paths = $1.texts }),
    ("behaviour", .text, { $0.behaviour = $1.texts[0] }),
    ("api", .flag, { $0.api = $1.texts[0] == "true" }),
    ("monthly-cap", .integer, { $0.monthlyCap = $1.texts[0] }),
    ("goals", .list, { $0.goals = $1.texts }),
    ("funnels", .list, { $0.funnels = $1.texts }),
    ("exclude", .list, { $0.exclude = $1.texts }),
    ("include", .list, { $0.include = $1.texts }),
    ("pageview", .list, { $0.pageviews = $1.texts }),
    ("assets", .text, { $0.assets = $1.texts[0] }),
    ("path", .list, { $0.pathRules = $1.texts }),
    ("path-case", .text, { $0.pathCase = $1.texts[0] }),
    ("path-slash", .text, { $0.pathSlash = $1.texts[0] }),
    ("path-index", .text, { $0.pathIndex = $1.texts[0] }),
    ("keep-query", .list, { $0.keptQueries = $1.texts }),
    ("redact", .text, { $0.redact = $1.texts[0] }),
  ]
}

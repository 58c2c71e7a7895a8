/// A table `[[sites]]` of the configuration file: a site, how its lines are told, and rules for them.
public struct SiteSection: Sendable, Equatable {
  /// The main host.
  public var host = ""
  /// The zone of a new site.
  public var timezone: String?
  /// Further hosts; `*.example.com` for all that end so.
  public var aliases: [String] = []
  /// Patterns for names of files whose lines are the site's where no host tells.
  public var files: [String] = []
  /// Starts of paths that are the site's, `/shop/`, or of one host only, `example.com/shop/`.
  public var paths: [String] = []
  /// The rules that tell robots by their behaviour.
  public var behaviour: String?
  /// Whether it may use the collect API.
  public var api: Bool?
  /// How many page views of a month it may have by it.
  public var monthlyCap: String?
  /// Rules of lines that are left out.
  public var exclude: [String] = []
  /// Rules of lines that are not.
  public var include: [String] = []
  /// Rules of lines that are page views.
  public var pageviews: [String] = []
  /// Changes of the list of assets.
  public var assets: String?
  /// Where it stands in the file.
  public var place: ConfigPlace?

  /// The keys and what they set.
  static let keys: [(name: String, kind: ConfigKey.Kind, set: @Sendable (inout SiteSection, ConfigValue) -> Void)] = [
    ("host", .text, { $0.host = $1.texts[0] }),
    ("timezone", .text, { $0.timezone = $1.texts[0] }),
    ("aliases", .list, { $0.aliases = $1.texts }),
    ("files", .list, { $0.files = $1.texts }),
    ("paths", .list, { $0.paths = $1.texts }),
    ("behaviour", .text, { $0.behaviour = $1.texts[0] }),
    ("api", .flag, { $0.api = $1.texts[0] == "true" }),
    ("monthly-cap", .integer, { $0.monthlyCap = $1.texts[0] }),
    ("exclude", .list, { $0.exclude = $1.texts }),
    ("include", .list, { $0.include = $1.texts }),
    ("pageview", .list, { $0.pageviews = $1.texts }),
    ("assets", .text, { $0.assets = $1.texts[0] }),
  ]
}

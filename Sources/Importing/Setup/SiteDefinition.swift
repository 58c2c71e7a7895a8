/// A site as somebody describes it, on the command line or in the configuration file.
public struct SiteDefinition: Sendable {
  /// The main host.
  public var host: String
  /// The zone of a new site; nil for the one it has, or UTC.
  public var timeZone: String?
  /// Further hosts; `*.example.com` for all that end so.
  public var aliases: [String]
  /// Patterns for names of files whose lines are the site's where no host tells.
  public var files: [String]
  /// Starts of paths that are the site's, `/shop/`, or of one host only, `example.com/shop/`.
  public var paths: [String]
  /// The rules that tell robots by their behaviour; nil for those it has.
  public var behaviour: String?

  /// Whether it may use the collect API; nil for what it has.
  public var api: Bool?
  /// How many page views of a month it may have, or `none`; nil for what it has.
  public var monthlyCap: String?

  /// Describes a site.
  public init(
    host: String, timeZone: String? = nil, aliases: [String] = [], files: [String] = [], paths: [String] = [],
    behaviour: String? = nil, api: Bool? = nil, monthlyCap: String? = nil
  ) {
    self.host = host
    self.timeZone = timeZone
    self.aliases = aliases
    self.files = files
    self.paths = paths
    self.behaviour = behaviour
    self.api = api
    self.monthlyCap = monthlyCap
  }
}

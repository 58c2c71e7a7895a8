/// What becomes of the pages in logs: under which names they would be counted.
public struct PathSurvey: Sendable {
  /// What a rule, a merge or a redaction does to all pages together.
  public struct Effect: Sendable {
    /// What it is: `slashes merged`, `rule '…'`, `redacted :email`.
    public var cause: String
    /// The number of different paths that it changes.
    public var paths = 0
    /// The number of pages that they become.
    public var pages = 0
    /// The number of their requests.
    public var requests = 0
  }

  /// Paths that become one page.
  public struct Group: Sendable {
    /// The name of the page.
    public var page: String
    /// The number of different paths.
    public var paths = 0
    /// The number of their requests.
    public var requests = 0
    /// Some of the paths, with personal data redacted.
    public var examples: [String] = []
  }

  /// A rule or an entry that would make one page of many.
  public struct Proposal: Sendable {
    /// The name of its flag, without dashes, which is the key of the configuration file, too.
    public var flag: String
    /// The value of the flag.
    public var value: String
    /// The number of pages now.
    public var before = 0
    /// The number of pages with it.
    public var after = 0
    /// The number of their requests.
    public var requests = 0
  }

  /// The number of lines that match their format.
  public var lines = 0
  /// The number of requests for pages that exist.
  public var requests = 0
  /// The number of requests that were not examined, because ``mostPaths`` other paths came before.
  public var requestsNotExamined = 0
  /// The number of different paths as they were requested, without queries.
  public var paths = 0
  /// The number of pages that they become.
  public var pages = 0
  /// What changes names, in the order in which it is applied.
  public var effects: [Effect] = []
  /// The pages of several paths, largest first.
  public var groups: [Group] = []
  /// What else would join pages, largest first.
  public var proposals: [Proposal] = []
  /// Whether all files could be read completely.
  public var isComplete = true

  /// How many distinct paths are examined.
  public static let mostPaths = 500_000
}

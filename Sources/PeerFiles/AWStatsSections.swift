import Hits

/// A section of AWStats's data files: which of its columns are read, and as what.
///
/// Source: `Read_History_With_TmpUpdate` of awstats.pl 7.8, and files that it wrote. Sections that are not here are not
/// read in. VISITOR, LOGIN, EMAILSENDER and EMAILRECEIVER hold hosts, addresses and users, SEARCHWORDS and KEYWORDS what
/// people typed, UNKNOWNREFERER and UNKNOWNREFERERBROWSER user agents, and the keys of EXTRA_n and PLUGIN_name may be
/// anything.
struct AWStatsSection {
  /// What its key is.
  enum Key {
    case value
    case page
    case referrer
    /// A number of a fixed list, by its name there.
    case named([String: String])
  }

  /// The dimension of its rows.
  let dimension: String
  let key: Key
  /// The measures in the columns after the key; empty for a column that is not read.
  let measures: [String]

  private init(_ dimension: String, _ measures: [String], _ key: Key = .value) {
    self.dimension = dimension
    self.key = key
    self.measures = measures
  }

  /// The lists, by the name of the section.
  static let lists: [String: AWStatsSection] = [
    "DOMAIN": AWStatsSection("domain", ["pages", "hits", "bytes"]),
    "ROBOT": AWStatsSection("robot", ["hits", "bytes", "", "robots_txt"]),
    "WORMS": AWStatsSection("worm", ["hits", "bytes"]),
    "SESSION": AWStatsSection("visit_length", ["visits"]),
    "SIDER": AWStatsSection("page", ["pages", "bytes", "entries", "exits"], .page),
    "FILETYPES": AWStatsSection("file_type", ["hits", "bytes"]),
    // The comment in the file names two columns, but there are three, and the third one holds the bytes.
    "DOWNLOADS": AWStatsSection("download", ["hits", "partial_hits", "bytes"], .page),
    "OS": AWStatsSection("os", ["hits", "pages"]),
    "BROWSER": AWStatsSection("browser", ["hits", "pages"]),
    "SCREENSIZE": AWStatsSection("screen_size", ["hits"]),
    "ORIGIN": AWStatsSection(
      "origin", ["pages", "hits"],
      .named([
        "From0": "direct", "From1": "newsgroup", "From2": "search engine", "From3": "other site", "From4": "own site",
        "From5": "unknown",
      ])),
    "SEREFERRALS": AWStatsSection("search_engine", ["pages", "hits"]),
    "PAGEREFS": AWStatsSection("referrer", ["pages", "hits"], .referrer),
    "ERRORS": AWStatsSection("error", ["hits", "bytes"]),
    // The second column, the last referrer, is not read.
    "SIDER_404": AWStatsSection("not_found", ["hits"], .page),
    "MISC": AWStatsSection("misc", ["pages", "hits", "bytes"]),
  ]

  /// The measures of GENERAL.
  static let general = ["TotalVisits": "visits", "TotalUnique": "unique_visitors"]

  /// The measures of TIME, whose sums are the totals of the month.
  static let time = ["pages", "hits", "bytes", "not_viewed_pages", "not_viewed_hits", "not_viewed_bytes"]

  /// The measures of DAY.
  static let day = ["pages", "hits", "bytes", "visits"]
}

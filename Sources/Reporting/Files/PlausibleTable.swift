import StatsStore

/// One of the ten tables that Plausible imports, and how its columns derive from a view of docs/sql.md.
///
/// Source of the names: Plausible's documentation, "Import stats using CSV files", section "CSV format guidelines"
/// (<https://plausible.io/docs/csv-import>).
struct PlausibleTable {
  /// How a cell derives from a row of the view.
  enum Cell {
    /// The column of that name.
    case column(String)
    /// The same value for all rows.
    case constant(TableRow.Value)
    /// A text, translated to Plausible's name for it.
    case renamed(String, [String: String])
    /// The name before a version, translated to Plausible's name for it.
    case nameOf(String, [String: String])
    /// The version after a name.
    case versionOf(String)
  }

  /// Rows of one view.
  struct Part {
    var view: String
    var cells: [Cell]
    /// A column, and a value of it whose rows are skipped.
    var excluded: (column: String, value: String)?
    /// The view and the column with the names that can precede versions.
    var names: (view: String, column: String)?
  }

  var name: String
  var columns: [String]
  var parts: [Part]

  private init(_ name: String, _ columns: [String], _ parts: [Part]) {
    self.name = "imported_" + name
    self.columns = ["date"] + columns
    self.parts = parts.map { part in
      var part = part
      part.cells.insert(.column("day"), at: 0)
      return part
    }
  }

  private static let empty = Cell.constant(.text(""))
  /// Plausible marks direct visits by an empty source.
  private static let sourceNames = ["Direct / None": ""]
  private static let deviceNames = ["desktop": "Desktop", "mobile": "Mobile", "tablet": "Tablet"]

  /// Plausible's own names for those of Matomo's Device Detector, and for ours if they differ. With them, imported days
  /// share a row with days that Plausible counted. Unknown values are empty.
  ///
  /// Source: plausible/analytics, lib/plausible/ingestion/event.ex, `browser_name`.
  private static let browserNames = [
    "Mobile Safari": "Safari", "Chrome Mobile": "Chrome", "Chrome Mobile iOS": "Chrome",
    "Chrome Mobile WebView": "Mobile App",
    "Firefox Mobile": "Firefox", "Firefox iOS": "Firefox", "Opera Mobile": "Opera", "Opera Mini": "Opera",
    "Edge": "Microsoft Edge", "Edge Mobile": "Microsoft Edge", "Samsung Internet": "Samsung Browser", "Other": "",
  ]
  private static let systemNames = ["Mac OS X": "Mac", "Linux": "GNU/Linux", "Other": ""]

  private static func measures(_ names: String...) -> [Cell] { names.map(Cell.column) }

  /// All ten tables.
  static let all: [PlausibleTable] = [
    PlausibleTable(
      "visitors", ["visitors", "pageviews", "bounces", "visits", "visit_duration"],
      [Part(view: "daily", cells: measures("visitors", "pageviews", "bounces", "visits", "seconds"))]),
    PlausibleTable(
      "sources",
      [
        "source", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "pageviews",
        "visitors", "visits", "visit_duration", "bounces",
      ],
      [
        Part(
          view: "utm_daily",
          cells: [
            .renamed("source", sourceNames), empty, .column("utm_source"), .column("utm_medium"),
            .column("utm_campaign"), .column("utm_content"), .column("utm_term"),
          ] + measures("pageviews", "visitors", "visits", "seconds", "bounces"))
      ]),
    PlausibleTable(
      "pages", ["hostname", "page", "visits", "visitors", "pageviews"],
      [Part(view: "pages_daily", cells: measures("site", "page", "visits", "visitors", "pageviews"))]),
    PlausibleTable(
      "entry_pages", ["entry_page", "visitors", "entrances", "visit_duration", "bounces", "pageviews"],
      [
        Part(
          view: "entry_pages_daily", cells: measures("page", "visitors", "visits", "seconds", "bounces", "pageviews"))
      ]),
    PlausibleTable(
      "exit_pages", ["exit_page", "visitors", "visit_duration", "exits", "bounces", "pageviews"],
      [Part(view: "exit_pages_daily", cells: measures("page", "visitors", "seconds", "visits", "bounces", "pageviews"))]
    ),
    PlausibleTable(
      "custom_events", ["name", "link_url", "path", "visitors", "events"],
      [
        // An event of this name would count its pages twice: they are in the other view.
        Part(
          view: "events_daily", cells: [.column("event"), empty, empty] + measures("visitors", "events"),
          excluded: ("event", "404")),
        Part(
          view: "not_found_daily",
          cells: [.constant(.text("404")), empty, .column("page")] + measures("visitors", "requests")),
      ]),
    PlausibleTable(
      "locations", ["country", "region", "city", "visitors", "visits", "visit_duration", "bounces", "pageviews"],
      [
        Part(
          view: "countries_daily",
          cells: [.column("country"), empty, .constant(.number(0))]
            + measures("visitors", "visits", "seconds", "bounces", "pageviews"))
      ]),
    PlausibleTable(
      "devices", ["device", "visitors", "visits", "visit_duration", "bounces", "pageviews"],
      [
        Part(
          view: "devices_daily",
          cells: [.renamed("device", deviceNames)] + measures("visitors", "visits", "seconds", "bounces", "pageviews"))
      ]),
    PlausibleTable(
      "browsers", ["browser", "browser_version", "visitors", "visits", "visit_duration", "bounces", "pageviews"],
      [versions(of: "browser", browserNames, "browsers_daily", "browser_versions_daily")]),
    PlausibleTable(
      "operating_systems",
      ["operating_system", "operating_system_version", "visitors", "visits", "visit_duration", "bounces", "pageviews"],
      [versions(of: "os", systemNames, "os_daily", "os_versions_daily")]),
  ]

  private static func versions(
    of column: String, _ texts: [String: String], _ names: String, _ versions: String
  ) -> Part {
    Part(
      view: versions,
      cells: [.nameOf(column + "_version", texts), .versionOf(column + "_version")]
        + measures("visitors", "visits", "seconds", "bounces", "pageviews"),
      names: (names, column))
  }
}

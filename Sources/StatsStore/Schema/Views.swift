import Hits
import Rollups

/// The views for analysts, with texts instead of ids; docs/sql.md documents them.
///
/// They are plain joins without SQLite's own functions, because DuckDB reads the text of a view and executes it
/// itself. The calendar comes before the statistics (`CROSS JOIN` keeps the order in SQLite), so that a period is
/// looked up day by day in the primary key:
/// <https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join>.
enum Views {
  /// The names of all views, and the statements that create them.
  static let all: [(name: String, sql: String)] =
    Dimension.stored.map(of) + ofCubes + [
      ("lines_hourly", linesHourly), ("sites", sites), ("days", days), ("imports", imports),
      ("import_files", importFiles), ("outcomes", outcomes),
    ]

  /// The views of the cubes.
  static let ofCubes =
    Cube.allCases.map(of) + [(name: "campaigns_daily", sql: campaigns)]

  /// The view of a dimension.
  static func of(_ dimension: Dimension) -> (name: String, sql: String) { (name(of: dimension), view(of: dimension)) }

  /// The view of a cube.
  static func of(_ cube: Cube) -> (name: String, sql: String) { (name(of: cube), view(of: cube)) }

  /// The views with a row for each day of each site: statistics and books.
  static let ofDays =
    Dimension.stored.map(\.form.name) + ofCubes.map(\.name) + [
      "goals_daily", "funnels_daily", "lines_hourly", "days", "outcomes",
    ]
    + past.map(\.name)

  /// The views of what other programs counted, with a row for each day, month or period of a file.
  static let past: [(name: String, sql: String)] = [
    ("past_daily", past("past_daily", step: 0, "calendar.date AS day")),
    ("past_monthly", past("past_monthly", step: 1, "calendar.date AS day, substr(calendar.date, 1, 7) AS month")),
    (
      "past_whole",
      past(
        "past_whole", step: 2, "calendar.date AS day, last.date AS last_day",
        " JOIN calendar AS last ON last.day = past_part.last_day")
    ),
  ]

  private static func past(_ name: String, step: Int, _ period: String, _ join: String = "") -> String {
    """
    CREATE VIEW \(name) AS
      SELECT site.host AS site, past_series.origin, \(period), past_kind.dimension, dict.text AS value,
        past_kind.measure, past.number
      FROM site JOIN past_series ON past_series.site = site.id JOIN past_part ON past_part.series = past_series.id\(join)
        JOIN past ON past.part = past_part.id JOIN past_kind ON past_kind.id = past.kind
        JOIN dict ON dict.id = past.value JOIN calendar ON calendar.day = past.day
      WHERE past_kind.step = \(step)
    """
  }

  /// The name of a dimension's view.
  static func name(of dimension: Dimension) -> String { dimension.form.name }

  /// The statement that creates a dimension's view.
  static func view(of dimension: Dimension) -> String {
    if dimension == .robotPage { return robotPages }
    if dimension == .utm { return utm }
    let form = dimension.form
    let columns =
      form.columns.map { "\($0.sql) AS \($0.name)" } + form.measures.map { "agg.\($0.column) AS \($0.name)" }
    let hasText = dimension != .total && dimension != .hour
    return """
      CREATE VIEW \(form.name) AS
        SELECT site.host AS site, calendar.date AS day, \(columns.joined(separator: ", "))
        FROM site CROSS JOIN calendar CROSS JOIN agg\(hasText ? " JOIN dict ON dict.id = agg.value" : "")
        WHERE agg.site = site.id AND agg.day = calendar.day AND agg.dim = \(dimension.rawValue)
      """
  }

  /// The text of each of a dimension's values is not in the dictionary, but its parts are.
  private static let robotPages: String = {
    func names(_ column: String, _ names: [(UInt8, String)]) -> String {
      "CASE robot_page.\(column)\(names.map { " WHEN \($0) THEN '\($1)'" }.joined()) END AS \(column)"
    }
    let robot = ViewForm.parts(["robot", "class"], of: "robot.text").map { "\($0.sql) AS \($0.name)" }
    return """
      CREATE VIEW \(name(of: .robotPage)) AS
        SELECT site.host AS site, calendar.date AS day, \(robot.joined(separator: ", ")), page.text AS page,
          \(names("thing", FetchedThing.allCases.map { ($0.rawValue, $0.name) })),
          \(names("answer", AnswerKind.allCases.map { ($0.rawValue, $0.name) })),
          robot_page.requests AS requests, robot_page.bytes AS bytes
        FROM site CROSS JOIN calendar CROSS JOIN \(RobotPages.withTexts)
        WHERE day.site = site.id AND day.day = calendar.day AND \(RobotPages.table.isOfDay)
      """
  }()

  /// Sources with all values of their campaigns; on days that do not have them, what ``campaigns`` has.
  private static let utm: String = {
    let values = ["source", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"]
    let columns = ViewForm.parts(values).map { "\($0.sql) AS \($0.name)" }.joined(separator: ", ")
    let measures = "pageviews, visitors, visits, bounces, seconds"
    let dimension = Dimension.utm.rawValue
    return """
      CREATE VIEW \(name(of: .utm)) AS
        SELECT site.host AS site, calendar.date AS day, \(columns), \(measures)
        FROM site CROSS JOIN calendar CROSS JOIN agg JOIN dict ON dict.id = agg.value
        WHERE agg.site = site.id AND agg.day = calendar.day AND agg.dim = \(dimension)
        UNION ALL
        SELECT site, day, source, utm_source, utm_medium, utm_campaign, '', '', \(measures)
        FROM campaigns_daily AS alone
        WHERE NOT EXISTS (
          SELECT 1 FROM agg JOIN site AS own ON own.id = agg.site JOIN calendar AS date ON date.day = agg.day
          WHERE own.host = alone.site AND date.date = alone.day AND agg.dim = \(dimension))
      """
  }()

  private static func name(of cube: Cube) -> String { cube == .visits ? "cube_daily" : cube.name + "_daily" }

  private static func view(of cube: Cube) -> String {
    let columns = cube.keys.map { "\($0)_text.text AS \($0)" } + cube.numbers.map { "\(cube.name).\($0)" }
    let joins = cube.keys.map { " JOIN dict AS \($0)_text ON \($0)_text.id = \(cube.name).\($0)" }.joined()
    return """
      CREATE VIEW \(name(of: cube)) AS
        SELECT site.host AS site, calendar.date AS day, \(columns.joined(separator: ", "))
        FROM site CROSS JOIN calendar CROSS JOIN \(cube.withDays)\(joins)
        WHERE day.site = site.id AND day.day = calendar.day AND \(cube.table.isOfDay)
      """
  }

  /// Sources with their campaigns; on days without cells, sources alone.
  private static let campaigns: String = {
    let utm = ["utm_source", "utm_medium", "utm_campaign"]
    let bit = Firsts.bit(of: [.source, .utmSource, .utmMedium, .utmCampaign], in: .entries)
    let key = "site, day, source, \(utm.joined(separator: ", "))"
    let cells = name(of: Cube.entries)
    return """
      CREATE VIEW campaigns_daily AS
        SELECT \(key), sum(pageviews) AS pageviews, sum(visitors * ((firsts >> \(bit)) & 1)) AS visitors,
          sum(visits) AS visits, sum(bounces) AS bounces, sum(seconds) AS seconds
        FROM \(cells) GROUP BY \(key)
        UNION ALL
        SELECT site, day, source, '', '', '', pageviews, visitors, visits, bounces, seconds FROM sources_daily AS alone
        WHERE NOT EXISTS (SELECT 1 FROM \(cells) AS cell WHERE cell.site = alone.site AND cell.day = alone.day)
      """
  }()

  /// The goals of sites, by the events and pages that reach them.
  static let goals = """
    CREATE VIEW goals_daily AS
      SELECT events_daily.site, events_daily.day, event AS goal, events AS conversions, visitors, visits
      FROM site JOIN site_goal ON site_goal.site = site.id AND kind = 'event'
        JOIN events_daily ON events_daily.site = site.host AND event = value
      UNION ALL
      SELECT pages_daily.site, pages_daily.day, 'page:' || page, pageviews, visitors, visits
      FROM site JOIN site_goal ON site_goal.site = site.id AND kind = 'page'
        JOIN pages_daily ON pages_daily.site = site.host AND page = value
    """

  /// The funnels of sites, step by step, on the days that were counted with all of their steps.
  static let funnels = """
    CREATE VIEW funnels_daily AS
      SELECT site.host AS site, calendar.date AS day, site_funnel.name AS funnel, site_funnel.number AS step_number,
        site_funnel.step, agg.visitors, agg.visits
      FROM site JOIN site_funnel ON site_funnel.site = site.id JOIN dict ON dict.text = site_funnel.steps
        JOIN agg ON agg.site = site.id AND agg.value = dict.id JOIN calendar ON calendar.day = agg.day
      WHERE agg.dim = \(Dimension.funnel.rawValue) AND EXISTS(
        SELECT 1 FROM site_funnel AS last JOIN dict AS whole ON whole.text = last.steps
          JOIN agg AS own ON own.site = last.site AND own.value = whole.id
        WHERE last.site = site_funnel.site AND last.name = site_funnel.name AND own.dim = agg.dim AND own.day = agg.day
          AND last.number = (
            SELECT max(number) FROM site_funnel AS step WHERE step.site = last.site AND step.name = last.name))
    """

  private static let linesHourly = """
    CREATE VIEW lines_hourly AS
      SELECT site.host AS site, calendar.date AS day, hour_lines.hour, sum(hour_lines.lines) AS lines
      FROM site CROSS JOIN calendar CROSS JOIN hour_lines
      WHERE hour_lines.site = site.id AND hour_lines.day = calendar.day
      GROUP BY site.host, calendar.date, hour_lines.hour
    """

  private static let sites = """
    CREATE VIEW sites AS
      SELECT site.host AS site, site.timezone, site.tracking_id, site_host.host
      FROM site JOIN site_host ON site_host.site = site.id
    """

  private static let days = """
    CREATE VIEW days AS
      SELECT site.host AS site, calendar.date AS day, day.state, day.dirty AS uncounted, day.counting,
        day.people_load
      FROM day JOIN site ON site.id = day.site JOIN calendar ON calendar.day = day.day
    """

  private static let imports = """
    CREATE VIEW imports AS
      SELECT import.id AS import, import.started_at, import.finished_at, import.version, site.host AS site,
        calendar.date AS rebuilt_day, import.merged_from, (
          SELECT sum(outcome.lines) FROM import_file JOIN outcome ON outcome.file = import_file.id
          WHERE import_file.import = import.id) AS lines
      FROM import LEFT JOIN site ON site.id = import.site LEFT JOIN calendar ON calendar.day = import.rebuilt_day
    """

  private static let importFiles = """
    CREATE VIEW import_files AS
      SELECT import_file.import, import_file.id AS file, import_file.name, import_file.format, import_file.problem, (
          SELECT sum(outcome.lines) FROM outcome WHERE outcome.file = import_file.id) AS lines
      FROM import_file
    """

  private static let outcomes = """
    CREATE VIEW outcomes AS
      SELECT import_file.import, import_file.id AS file, site.host AS site, calendar.date AS day, outcome.outcome,
        outcome.lines
      FROM outcome JOIN import_file ON import_file.id = outcome.file LEFT JOIN site ON site.id = outcome.site
        LEFT JOIN calendar ON calendar.day = outcome.day
    """
}

/// The name and columns of a dimension's view.
private struct ViewForm {
  let name: String
  let columns: [(name: String, sql: String)]
  let measures: [(name: String, column: String)]

  /// Creates a view with one text and all measures.
  init(_ name: String, _ column: String) {
    self.init(name, columns: [(column, "dict.text")])
  }

  init(
    _ name: String, columns: [(name: String, sql: String)],
    measures: [(name: String, column: String)] = ["pageviews", "visitors", "visits", "bounces", "seconds"].map {
      ($0, $0)
    } + [seenLoading]
  ) {
    self.name = name
    self.columns = columns
    self.measures = measures
  }

  static let seenLoading = (name: "visitors_seen_loading", column: "seen_loading")

  /// The parts of a text that contains several, separated by ASCII's unit separator (31).
  static func parts(_ names: [String], of text: String = "dict.text") -> [(name: String, sql: String)] {
    let separator = "'\u{1F}'"
    var rest = text
    return names.enumerated().map { index, name in
      let text = rest
      if index == names.count - 1 { return (name, text) }
      rest = "substr(\(text), instr(\(text), \(separator)) + 1)"
      return (name, "substr(\(text), 1, instr(\(text), \(separator)) - 1)")
    }
  }
}

extension Dimension {
  fileprivate var form: ViewForm {
    let requests = [("requests", "pageviews"), ("bytes", "seconds")]
    let events = [("events", "pageviews"), ("visitors", "visitors"), ("visits", "visits")]
    return switch self {
    case .total: ViewForm("daily", columns: [])
    case .hour: ViewForm("hourly", columns: [("hour", "agg.value")])
    case .page: ViewForm("pages_daily", "page")
    case .entryPage: ViewForm("entry_pages_daily", "page")
    case .exitPage: ViewForm("exit_pages_daily", "page")
    case .source: ViewForm("sources_daily", "source")
    case .channel: ViewForm("channels_daily", "channel")
    case .referrer: ViewForm("referrers_daily", "referrer")
    case .utmSource: ViewForm("utm_sources_daily", "utm_source")
    case .utmMedium: ViewForm("utm_mediums_daily", "utm_medium")
    case .utmCampaign: ViewForm("utm_campaigns_daily", "utm_campaign")
    case .utmContent: ViewForm("utm_contents_daily", "utm_content")
    case .utmTerm: ViewForm("utm_terms_daily", "utm_term")
    case .country: ViewForm("countries_daily", "country")
    case .region: ViewForm("regions_daily", "region")
    case .city: ViewForm("cities_daily", "city")
    case .network: ViewForm("networks_daily", "network")
    case .browser: ViewForm("browsers_daily", "browser")
    case .browserVersion: ViewForm("browser_versions_daily", "browser_version")
    case .os: ViewForm("os_daily", "os")
    case .osVersion: ViewForm("os_versions_daily", "os_version")
    case .device: ViewForm("devices_daily", "device")
    case .notFound:
      ViewForm(
        "not_found_daily", columns: [("page", "dict.text")],
        measures: [("requests", "pageviews"), ("visitors", "visitors")])
    case .event: ViewForm("events_daily", columns: [("event", "dict.text")], measures: events)
    case .behaviour:
      ViewForm(
        "robots_daily", columns: [("rule", "dict.text")],
        measures: [("pageviews", "pageviews"), ("visitors", "visitors"), ViewForm.seenLoading])
    case .robotClass:
      ViewForm("bots_daily", columns: [("class", "dict.text")], measures: [("requests", "pageviews")])
    case .behaviourEvent:
      ViewForm(
        "robot_events_daily", columns: [("rule", "dict.text")],
        measures: [("events", "pageviews"), ("visitors", "visitors")])
    case .eventProperty:
      ViewForm("event_properties_daily", columns: ViewForm.parts(["event", "property", "value"]), measures: events)
    case .robot:
      ViewForm(
        "robot_requests_daily",
        columns: ViewForm.parts(["robot", "operator", "class", "identity", "thing", "answer"]), measures: requests)
    case .robotPage:
      ViewForm("robot_pages_daily", columns: [])
    case .feed:
      ViewForm(
        "feeds_daily", columns: ViewForm.parts(["page", "reader"]),
        measures: [("requests", "pageviews"), ("readers", "visitors")])
    case .funnel:
      ViewForm(
        "funnel_steps_daily", columns: [("steps", "dict.text")],
        measures: [("visitors", "visitors"), ("visits", "visits")])
    case .utm: ViewForm("utm_daily", columns: [])
    case .nextPage, .previousPage: ViewForm("", columns: [])
    }
  }
}

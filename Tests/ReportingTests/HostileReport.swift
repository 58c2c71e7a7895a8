import Foundation
import Hits
import Rollups
import StatsStore

@testable import Reporting

/// Reports of what attackers write into logs: paths, referrers, campaigns and events come from strangers.
enum HostileReport {
  /// Each value tries to become more than text: in an element, an attribute, a script, a style, a comment, an
  /// address, or on the screen. Code that ran would call `owned`; a request would go to `canary.invalid`.
  static let values: [String] = [
    "<script>owned()</script>", "</script><script>owned()</script>", "<img src=x onerror=owned()>",
    "\"><img src=//canary.invalid/a>", "'><svg onload=owned()>", "\" onmouseover=\"owned()\" x=\"",
    "</title><script>owned()</script>", "</style><style>@import '//canary.invalid/b'</style>",
    "--><script>owned()</script>",
    "<!--", "<![CDATA[", "]]>", "<?php", "</table></main><h1>owned</h1>", "<base href=//canary.invalid/>",
    "<meta http-equiv=refresh content=0;url=//canary.invalid/c>", "<link rel=stylesheet href=//canary.invalid/d>",
    "<iframe srcdoc='<script>parent.owned()</script>'>", "<object data=//canary.invalid/e>",
    "<form action=//canary.invalid>",
    "javascript:owned()", "data:text/html,<script>owned()</script>", "&lt;script&gt;owned()&lt;/script&gt;",
    "&#60;script&#62;owned()&#60;/script&#62;", "\\u003cscript\\u003eowned()\\u003c/script\\u003e",
    "%3Cscript%3Eowned()%3C/script%3E",
    "${owned()}", "{{constructor.constructor('owned()')()}}", "`;owned();`", "';owned();//", "\\\";owned();//",
    "<svg><animate onbegin=owned() attributeName=x>", "<math><mtext></p><img src=//canary.invalid/f>",
    "<noscript><p title=\"</noscript><img src=x onerror=owned()>\">",
    "<template><script>owned()</script></template>", "<a href=\"&#1;javascript:owned()\">x</a>",
    "<details open ontoggle=owned()>",
    "\u{202E}gnp.exe\u{202C}", "\u{2066}\u{202E}\u{2069}", "\u{200F}\u{061C}", "a\u{0}b\u{1B}[2J\u{7F}\u{9B}",
    "\u{FEFF}\u{2028}\u{2029}",
    "\u{FFFE}\u{E000}\u{10FFFF}", "a" + String(repeating: "\u{300}\u{301}", count: 900),
    String(repeating: "<", count: 2_000),
    "/" + String(repeating: "x", count: 2_000), "/" + String(repeating: "%3Cb%3E", count: 280), "=cmd|' /C calc'!A0",
    String(repeating: "\u{1F469}\u{200D}", count: 300), "עברית/<b>عربي</b>/English",
    "a\u{9B}31mb\u{85}", "\u{E0041}\u{E007F}", "\u{FFF9}a\u{FFFA}<b>\u{FFFB}", "\u{AD}\u{200B}\u{2060}\u{180E}",
    "\u{115F}\u{3164}\u{FFA0}",
    "=HYPERLINK(\"http://canary.invalid/g\")", "\t=1+1", String(repeating: "\u{FDFD}", count: 200),
    "javascript:/*--></title></style></textarea></script><svg/onload=owned()>",
    "\u{FF1C}script\u{FF1E}owned()\u{FF1C}/script\u{FF1E}",
  ]

  /// Returns a report with each value in each list, in the filter and in the name of the site.
  static func report(rows: Int = 100, valuesLongerBy padding: Int = 0) -> Report {
    var report = Report(
      site: SiteProfile(
        id: 1, trackingID: "gx_23456789ABCD", host: "\"><script>owned()</script>.example", hosts: [],
        timeZone: "</p><script>owned()</script>", calendar: .utc))
    report.days = 20_766...20_772
    report.daysWithData = report.days
    report.total = counts(1_000)
    report.trend = (0..<7).map {
      .init(label: DayName.name(20_766 + $0), counts: counts(100 + Int64($0)))
    }
    report.sections = Report.dimensions.map { dimension in
      let rows = (0..<rows).map { index in
        SiteStatistics.Row(
          value: values[index % values.count] + String(repeating: "\"", count: padding),
          counts: counts(Int64(rows - index)))
      }
      return Report.Section(dimension: dimension, rows: rows, values: rows.count + 5)
    }
    report.goals = values.prefix(min(rows, 5)).map { GoalReport(goal: SiteGoal(.event, $0), counts: counts(7)) }
    report.funnels = values.compactMap { Funnel("\($0): page:/\"><b > \($0)") }.prefix(min(rows, 5)).map { funnel in
      FunnelReport(funnel: funnel, steps: funnel.steps.map { _ in counts(5) }, days: 7, daysCounted: 3)
    }
    report.pictures = pictures(of: report)
    report.robots = robots(rows: rows, valuesLongerBy: padding)
    report.past = past(rows: rows, valuesLongerBy: padding)
    report.outcomes[.pageview] = 10
    report.outcomes[.botUserAgent] = 5
    report.outcomes[.botBehaviour] = 3
    return report
  }

  private static func pictures(of report: Report) -> ReportPictures {
    var pictures = ReportPictures()
    pictures.week = WeekHours((0..<168).map { ($0 / 24, $0 % 24, Int64($0)) })
    pictures.countries = [("DE", 5), ("FR", 1), ("", 7)] + values.map { ($0, 3) }
    for section in report.sections.prefix(4) {
      let courses = section.rows.prefix(ReportPictures.courses).map { ($0.value, [1, 2, 3] as [Int64]) }
      pictures.courses[section.dimension] = Dictionary(courses) { first, _ in first }
    }
    return pictures
  }

  /// Robots choose their names, their addresses and what they ask for.
  private static func robots(rows: Int, valuesLongerBy padding: Int) -> RobotReport {
    let texts = (0..<rows).map { values[$0 % values.count] + String(repeating: "\"", count: padding) }
    var robots = RobotReport()
    robots.only = texts.first
    robots.robots.rows = texts.map { text in
      .init(
        name: text, operator: text, kind: text, identity: text, requests: 9, bytes: 1, things: [text: 9],
        answers: [text: 9], first: 20_766, last: 20_772)
    }
    robots.operators = texts.map { .init(name: $0, requests: [.user: 3], visits: 1, trend: [1, 2, 3]) }
    robots.trend = [.init(label: "2026-11-09", requests: [.user: 3])]
    let pages = texts.map { RobotReport.Page(page: $0, answer: $0, count: 3) }
    (robots.asked.rows, robots.broken.rows) = (pages, pages)
    (robots.unfetched.rows, robots.unviewed.rows) = (pages, pages)
    robots.feeds.rows = texts.map { .init(page: $0, reader: $0, readers: 2, requests: 5) }
    return robots
  }

  /// Files of other programs hold what strangers wrote into logs.
  private static func past(rows: Int, valuesLongerBy padding: Int) -> PastReport {
    let texts = (0..<rows).map { values[$0 % values.count] + String(repeating: "\"", count: padding) }
    let step = PastReport.Step(label: "2026-10", numbers: ["visits": 5, "pages": 7])
    let list = PastReport.List(
      dimension: "page", values: rows + 3, rows: texts.map { .init(value: $0, numbers: ["pages": 3, "hits": 4]) })
    let series = PastReport.Series(
      origin: .awstats, days: 20_700...20_730, interval: .month, steps: [step], totals: step.numbers, lists: [list],
      cutLists: [.init(value: values[0], numbers: ["rows": 366, "rows_counted": 500])])
    return PastReport(
      series: [series], interval: .month, own: [.init(label: "2026-11", counts: counts(5))], ownBegins: 20_766)
  }

  private static func counts(_ number: Int64) -> Counts {
    var counts = Counts()
    counts.visitors = number
    counts.visits = number + 1
    counts.pageviews = number * 3
    return counts
  }
}

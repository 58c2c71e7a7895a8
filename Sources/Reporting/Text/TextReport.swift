import Hits
import Rollups
import StatsStore

/// A report for the terminal: aligned to its width, optionally coloured.
public struct TextReport {
  private let columns: Int
  private let style: TextStyle

  /// Creates a renderer for a terminal with this many columns.
  public init(columns: Int, isColoured: Bool) {
    self.columns = max(60, columns)
    style = TextStyle(isColoured: isColoured)
  }

  /// Returns the report on one site.
  public func text(of report: Report) -> String {
    let robots = report.robots.map {
      RobotsText(columns: columns, style: style).blocks($0, isAlone: report.isOfRobotsOnly)
    }
    if report.isOfRobotsOnly { return robotsAlone(report, robots ?? []) }
    guard !report.isEmpty else {
      let past = past(report)
      return heading(report) + "\n" + nothing(report) + "\n" + (past.isEmpty ? "" : "\n" + past)
    }
    var blocks = [heading(report) + "\n"] + people(report) + [past(report)]
    blocks.append(goals(report))
    if report.total.visits > 0 { blocks += report.funnels.map(funnel) }
    for section in report.sections where !isEmpty(section) {
      blocks.append(table(section, total: report.total))
    }
    blocks += robots ?? []
    blocks.append(outcomes(report.outcomes))
    blocks.append(notes(report))
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Returns the measures of people and their course.
  private func people(_ report: Report) -> [String] {
    guard report.total.visits > 0 else { return ["nobody was counted in this period; what came instead:\n"] }
    let headline = Headline(total: report.total, comparison: report.comparison, columns: columns, style: style)
    let loading = LoadingText.line(report).map { style.faint(TextTable.right($0, columns)) + "\n" } ?? ""
    let rate = report.textOfRate.map { style.faint(TextTable.right($0, columns)) + "\n" } ?? ""
    return [headline.text + loading + rate, trend(report)]
  }

  private func robotsAlone(_ report: Report, _ blocks: [String]) -> String {
    let shown = blocks.filter { !$0.isEmpty }
    guard let robots = report.robots, !shown.isEmpty else {
      return heading(report) + "\n" + "no robots in this period\n"
    }
    let sum = "\(NumberText.grouped(robots.requests)) requests, \(ByteText.text(robots.bytes)) sent\n"
    let note =
      style.faint("Robots are not visitors. Names are what user agents claim, unless they are verified or forged.")
      + "\n"
    return ([heading(report) + "\n" + sum] + shown + [note]).joined(separator: "\n")
  }

  /// Returns one line for each site, for databases with several.
  public func overview(of reports: [Report]) -> String {
    if reports.allSatisfy(\.isOfRobotsOnly) { return RobotsText(columns: columns, style: style).overview(of: reports) }
    var table = TextTable(columns: columns, titles: ["Site", "visitors", "visits", "page views"], style: style)
    for report in reports {
      let total = report.total
      table.add(
        report.site.host, [total.visitors, total.visits, total.pageviews].map { NumberText.grouped($0) },
        sparkline: Sparkline.text(report.trend.map(\.counts.visitors)))
    }
    return table.text
  }

  private func heading(_ report: Report) -> String {
    var parts = [report.site.host]
    if let days = report.days {
      let count = days.count == 1 ? "1 day" : "\(NumberText.grouped(days.count)) days"
      let period = days.count == 1 ? DayName.name(days.lowerBound) : period(days)
      parts += [period, count]
    }
    parts.append(report.site.timeZone)
    if let robot = report.robots?.only { parts.append("robot=\(TerminalText.printable(robot))") }
    parts += report.filter.terms.map { "\($0.dimension.name)=\(TerminalText.printable($0.value))" }
    return style.title(parts.joined(separator: " · "))
  }

  private func period(_ days: ClosedRange<Int32>) -> String {
    DayName.name(days.lowerBound) + " to " + DayName.name(days.upperBound)
  }

  private func nothing(_ report: Report) -> String {
    guard let days = report.daysWithData else { return "nothing counted yet" }
    let with = report.filter.terms.isEmpty ? "" : " with this filter"
    return "nothing counted\(with) in this period; there is data from \(period(days))"
  }

  private func trend(_ report: Report) -> String {
    let visitors = report.trend.map(\.counts.visitors)
    let title = "By \(report.interval.rawValue)  " + Sparkline.text(visitors)
    var table = TextTable(columns: columns, titles: [title, "visitors", "page views"], style: style)
    let most = visitors.max() ?? 0
    let isOneDay = report.days.map { $0.count == 1 } ?? false
    for point in report.trend {
      let label = isOneDay ? point.label.split(separator: " ").last.map(String.init) ?? "" : point.label
      table.add(
        label, [NumberText.grouped(point.counts.visitors), NumberText.grouped(point.counts.pageviews)],
        share: most == 0 ? 0 : Double(point.counts.visitors) / Double(most))
    }
    return table.text
  }

  private func past(_ report: Report) -> String {
    report.past.map { PastText(columns: columns, style: style).text($0) } ?? ""
  }

  private func isEmpty(_ section: Report.Section) -> Bool {
    section.rows.isEmpty || section.rows.allSatisfy { $0.value.isEmpty }
  }

  private func table(_ section: Report.Section, total: Counts) -> String {
    let layout = SectionLayout(section.dimension)
    var table = TextTable(
      columns: columns, titles: [layout.title] + (layout.hasVisitors ? ["visitors"] : []) + [layout.measure.title],
      percentTitle: layout.isOfVisits ? SectionLayout.titleOfShares(section.rows) : nil, style: style)
    for row in section.rows where row.value != StatsStore.otherValues {
      let measures = (layout.hasVisitors ? [row.counts.visitors] : []) + [layout.measure.value(row.counts)]
      table.add(
        layout.label(row.value), measures.map { NumberText.grouped($0) },
        share: layout.isOfVisits ? layout.share(of: row, total) : nil)
    }
    let more = section.values - section.rows.count
    let rest = section.rows.last.flatMap { $0.value == StatsStore.otherValues ? $0 : nil }
    return table.text + (more > 0 ? style.faint("  … and \(NumberText.grouped(more)) more (--limit)") + "\n" : "")
      + (rest.map { style.faint("  " + layout.text(ofRest: $0, total)) + "\n" } ?? "")
  }

  private func goals(_ report: Report) -> String {
    guard !report.goals.isEmpty, report.total.visits > 0 else { return "" }
    var table = TextTable(
      columns: columns, titles: ["Goals", "visitors", "conversions"], percentTitle: "rate", style: style)
    for goal in report.goals {
      guard let counts = goal.counts else {
        table.add(goal.goal.text, ["?", "?"])
        continue
      }
      table.add(
        goal.goal.text, [counts.visitors, counts.pageviews].map { NumberText.grouped($0) },
        share: goal.rate(of: report.total))
    }
    return table.text
  }

  private func funnel(_ report: FunnelReport) -> String {
    var table = TextTable(
      columns: columns, titles: [report.funnel.name, "visits", "of previous"], percentTitle: "of first", style: style)
    for (index, row) in report.rows.enumerated() {
      table.add(
        "\(index + 1) \(row.text)",
        [NumberText.grouped(row.counts.visits), row.rateOfPrevious.map(NumberText.percent) ?? ""], share: row.rate)
    }
    return table.text + (report.remark.map { style.faint($0) + "\n" } ?? "")
  }

  private func outcomes(_ outcomes: OutcomeCounts) -> String {
    guard outcomes.total > 0 else { return "" }
    var table = TextTable(
      columns: columns, titles: ["Log lines by outcome", "lines"], percentTitle: "share", style: style)
    for (outcome, lines) in outcomes.present {
      table.add(outcome.name, [NumberText.grouped(lines)], share: Double(lines) / Double(outcomes.total))
    }
    return table.text
  }

  private func notes(_ report: Report) -> String {
    var notes: [String] = []
    if report.total.visits > 0 {
      notes.append("Visitors are daily visitors: someone who comes on two days counts twice.")
    }
    let hasPlaces = report.sections.contains { $0.dimension == .country && !isEmpty($0) }
    if !hasPlaces, report.total.visits > 0, report.filter.lists(.country) {
      notes.append("Places are unknown without a geo file (footfall import --geo).")
    }
    if let comparison = report.comparison {
      let days = "Compared with \(period(comparison.days))"
      notes.append(
        comparison.isComplete
          ? days + "." : days + "; changes are not shown, because some of these days have no data.")
    }
    notes += report.textOfMissingLists
    if report.uncountedDays > 0 {
      notes.append(
        "\(report.uncountedDays) of these days are not fully counted; the next import completes the count.")
    }
    return notes.map { style.faint($0) + "\n" }.joined()
  }
}

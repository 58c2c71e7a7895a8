import Hits
import Rollups
import StatsStore

/// A report for the terminal: aligned for its width, coloured where colours are wanted.
public struct TextReport {
  private let columns: Int
  private let style: TextStyle

  /// A renderer for a terminal of that many columns.
  public init(columns: Int, isColoured: Bool) {
    self.columns = max(60, columns)
    style = TextStyle(isColoured: isColoured)
  }

  /// The report of one site.
  public func text(of report: Report) -> String {
    guard let days = report.days, report.total.visits > 0 || !report.sections.allSatisfy(\.rows.isEmpty) else {
      return heading(report) + "\n" + nothing(report) + "\n"
    }
    var blocks = [heading(report) + "\n", headline(report.total, days), trend(report)]
    for section in report.sections where !isEmpty(section) {
      blocks.append(table(section, total: report.total))
    }
    blocks.append(outcomes(report.outcomes))
    blocks.append(notes(report))
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// One line for each site, for databases with several.
  public func overview(of reports: [Report]) -> String {
    var table = TextTable(columns: columns, titles: ["Site", "visitors", "visits", "page views"], style: style)
    for report in reports {
      let total = report.total
      table.add(report.site.host, [total.visitors, total.visits, total.pageviews].map { NumberText.grouped($0) })
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
    return style.title((parts + [report.site.timeZone]).joined(separator: " · "))
  }

  private func period(_ days: ClosedRange<Int32>) -> String {
    DayName.name(days.lowerBound) + " to " + DayName.name(days.upperBound)
  }

  private func nothing(_ report: Report) -> String {
    guard let days = report.daysWithData else { return "nothing counted yet" }
    return "nothing counted in this period; there is data from \(period(days))"
  }

  private func headline(_ total: Counts, _ days: ClosedRange<Int32>) -> String {
    let figures = [
      ("visitors", NumberText.grouped(total.visitors)), ("visits", NumberText.grouped(total.visits)),
      ("page views", NumberText.grouped(total.pageviews)),
      ("views/visit", NumberText.fixed(total.viewsPerVisit, decimals: 2)),
      ("bounce rate", NumberText.percent(total.bounceRate)),
      ("avg. visit", NumberText.duration(total.secondsPerVisit)),
    ]
    let width = columns / figures.count
    func row(_ texts: [String]) -> String { texts.map { TextTable.right($0, width) }.joined() }
    return style.faint(row(figures.map(\.0))) + "\n" + style.strong(row(figures.map(\.1))) + "\n"
  }

  private func trend(_ report: Report) -> String {
    var table = TextTable(
      columns: columns, titles: ["By \(report.interval.rawValue)", "visitors", "page views"], style: style)
    let most = report.trend.map(\.counts.visitors).max() ?? 0
    for point in report.trend {
      table.add(
        point.label, [NumberText.grouped(point.counts.visitors), NumberText.grouped(point.counts.pageviews)],
        share: most == 0 ? 0 : Double(point.counts.visitors) / Double(most))
    }
    return table.text
  }

  private func isEmpty(_ section: Report.Section) -> Bool {
    section.rows.isEmpty || section.rows.allSatisfy { $0.value.isEmpty }
  }

  private func table(_ section: Report.Section, total: Counts) -> String {
    let layout = SectionLayout(section.dimension)
    var table = TextTable(
      columns: columns, titles: [layout.title, "visitors", layout.measure.title], showsPercent: layout.isOfVisits,
      style: style)
    for row in section.rows {
      let numbers = [row.counts.visitors, layout.measure.value(row.counts)].map { NumberText.grouped($0) }
      let share = Double(row.counts.visitors) / Double(max(1, total.visitors))
      table.add(layout.label(row.value), numbers, share: layout.isOfVisits ? share : nil)
    }
    let more = section.values - section.rows.count
    return table.text + (more > 0 ? style.faint("  … and \(NumberText.grouped(more)) more (--limit)") + "\n" : "")
  }

  private func outcomes(_ outcomes: OutcomeCounts) -> String {
    guard outcomes.total > 0 else { return "" }
    var table = TextTable(columns: columns, titles: ["How log lines ended", "lines"], showsPercent: true, style: style)
    for (outcome, lines) in outcomes.present {
      table.add(outcome.name, [NumberText.grouped(lines)], share: Double(lines) / Double(outcomes.total))
    }
    return table.text
  }

  private func notes(_ report: Report) -> String {
    var notes = ["Visitors are daily visitors: who comes on two days counts on both."]
    let hasPlaces = report.sections.contains { $0.dimension == .country && !isEmpty($0) }
    if !hasPlaces { notes.append("Places are unknown without a geo file (footfall import --geo).") }
    if report.uncountedDays > 0 {
      notes.append(
        "\(report.uncountedDays) of these days are not counted to the end; the next import does it.")
    }
    return notes.map { style.faint($0) + "\n" }.joined()
  }
}

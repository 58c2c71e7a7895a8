import Rollups

/// The figures at the top of a page, and the trend. Choosing a figure shows its chart, without any script.
struct TrendView {
  let report: Report

  var html: HTML {
    .element("section", [.class("trend"), .id("trend"), .label("Overview and trend")]) {
      choices
      figures
      if let loading = LoadingText.line(report) { HTML.element("p", [.class("note")]) { loading } }
      if let rate = report.textOfRate { HTML.element("p", [.class("note")]) { rate } }
      charts
      comparison
      table
    }
  }

  /// The radio buttons behind the first three figures. They precede the charts, so that the style sheet can use sibling
  /// selectors.
  private var choices: HTML {
    .joined(
      TrendMeasure.allCases.map { measure in
        var attributes = [
          .id("show-" + measure.rawValue), .class("choice"), HTMLAttribute("type", "radio"),
          HTMLAttribute("name", "measure"), .label("Show \(measure.title) in the chart"),
        ]
        if measure == .visitors { attributes.append(HTMLAttribute("checked")) }
        return .void("input", attributes)
      })
  }

  private var figures: HTML {
    let shown = Headline(total: report.total, comparison: report.comparison).figures
    return .element("div", [.class("figures")]) {
      zip(shown.indices, shown).map { index, figure in
        let inside = HTML.joined([
          .element("span", [.class("name")]) { figure.name }, .element("strong") { figure.value }, change(figure),
        ])
        guard index < TrendMeasure.allCases.count else {
          return HTML.element("div", [.class("figure")]) { inside }
        }
        let measure = TrendMeasure.allCases[index]
        return HTML.element(
          "label", [.class("figure pick-" + measure.rawValue), HTMLAttribute("for", "show-" + measure.rawValue)]
        ) { inside }
      }
    }
  }

  private func change(_ figure: Headline.Figure) -> HTML {
    guard !figure.change.isEmpty else { return .empty }
    let isWelcome = figure.isRise.map { $0 == figure.isRiseWelcome }
    let kind = isWelcome.map { $0 ? "change good" : "change bad" } ?? "change"
    let arrow = figure.isRise.map { $0 ? "▲ " : "▼ " } ?? ""
    return .element("span", [.class(kind)]) { arrow + figure.change }
  }

  private var charts: HTML {
    .element(
      "div",
      [
        .class("charts"), HTMLAttribute("tabindex", "0"), HTMLAttribute("role", "group"),
        .label("Trend chart; use the left and right arrow keys to read the values"),
      ]
    ) {
      TrendMeasure.allCases.map { measure in
        HTML.element("div", [.class("chart chart-" + measure.rawValue)]) {
          TrendChart(measure, points: report.trend, compared: report.comparison?.trend ?? []).html
        }
      }
    }
  }

  private var comparison: HTML {
    guard let comparison = report.comparison else { return .empty }
    let days = PeriodText.days(comparison.days)
    return .element("p", [.class("note")]) {
      HTML.element("span", [.class("dash"), HTMLAttribute("aria-hidden", "true")])
      comparison.isComplete
        ? "Compared with \(days)"
        : "Compared with \(days); changes are not shown, because some of these days have no data"
    }
  }

  private var table: HTML {
    .element("details", [.class("data")]) {
      HTML.element("summary") { "Trend as a table" }
      HTML.element("table", [.id("trend-table"), .label("Trend")]) {
        HTML.element("thead") {
          HTML.element("tr") {
            ["From", "visitors", "visits", "page views"].map { title in
              HTML.element("th", [HTMLAttribute("scope", "col")]) { title }
            }
          }
        }
        HTML.element("tbody") { report.trend.map(row) }
      }
    }
  }

  private func row(_ point: Report.TrendPoint) -> HTML {
    .element("tr") {
      HTML.element("td") { StepName.long(point.label) }
      TrendMeasure.allCases.map { measure in
        HTML.element("td") { NumberText.grouped(measure.value(point.counts)) }
      }
    }
  }
}

import Hits
import Rollups

/// The course of another program's series as hatched bars, then a line, then our own course as plain bars. The two have a
/// scale in common, but no step: where both have a month, each has its own bar.
struct PastChart {
  private static let top = 14.0
  private static let bottom = 226.0
  /// The maximum number of names below the chart.
  private static let mostNames = 8

  let series: PastReport.Series
  let report: PastReport

  private struct Bar {
    var label: String
    var number: Int64
    var isOwn: Bool
  }

  private var measure: String { series.origin.chartMeasure }
  private var ownMeasure: TrendMeasure { measure.hasSuffix("visitors") ? .visitors : .visits }

  var html: HTML {
    let bars = bars
    let scale = ChartScale(upTo: bars.map(\.number).max() ?? 0)
    return .element("svg", [.class("plot"), HTMLAttribute("role", "img"), .label(label)]) {
      hatching
      marks(scale)
      HTML.joined(bars.indices.map { bar(bars[$0], at: $0, of: bars.count, scale) })
      boundary(bars)
      names(bars)
    }
  }

  private var bars: [Bar] {
    let numbers = Dictionary(uniqueKeysWithValues: series.steps.map { ($0.label, $0.numbers[measure] ?? 0) })
    let past = labels.map { Bar(label: $0, number: numbers[$0] ?? 0, isOwn: false) }
    let own = series.interval == report.interval ? report.own : []
    return past + own.map { Bar(label: $0.label, number: ownMeasure.value($0.counts), isOwn: true) }
  }

  /// The labels of the past steps. Months of which nothing is known have a place, too, so that the axis is one of time.
  private var labels: [String] {
    let told = series.steps.map(\.label)
    guard series.interval == .month, let first = told.first.flatMap(Self.month),
      let last = told.last.flatMap(Self.month),
      first <= last, last - first < TrendInterval.mostSteps
    else { return told }
    return (first...last).map {
      String(DayName.name(DayName.days(year: $0 / 12, month: $0 % 12 + 1, day: 1)).prefix(7))
    }
  }

  /// Returns the number of the month `2024-01`, counted from the year 0.
  private static func month(_ label: String) -> Int? {
    let parts = label.split(separator: "-").compactMap { Int($0) }
    return parts.count == 2 ? parts[0] * 12 + parts[1] - 1 : nil
  }

  private var label: String {
    "\(PastWords.label(measure)) of \(series.origin.title), hatched, then \(ownMeasure.title) of Footfall; "
      + "the tables have all values"
  }

  private var hatching: HTML {
    .element("defs") {
      HTML.element(
        "pattern",
        [
          .id("hatch-" + series.origin.rawValue), HTMLAttribute("width", "6"), HTMLAttribute("height", "6"),
          HTMLAttribute("patternUnits", "userSpaceOnUse"), HTMLAttribute("patternTransform", "rotate(45)"),
        ]
      ) {
        HTML.element(
          "line",
          [
            .class("hatch"), HTMLAttribute("x1", "0"), HTMLAttribute("y1", "0"), HTMLAttribute("x2", "0"),
            HTMLAttribute("y2", "6"),
          ])
      }
    }
  }

  private func marks(_ scale: ChartScale) -> HTML {
    .joined(
      scale.marks.map { mark in
        let y = SVGNumber.text(Self.bottom - (Self.bottom - Self.top) * scale.share(mark))
        let line = HTML.element(
          "line",
          [
            .class(mark == 0 ? "zero" : "grid"), HTMLAttribute("x2", "100%"), HTMLAttribute("y1", y),
            HTMLAttribute("y2", y),
          ])
        guard mark > 0 else { return line }
        return .joined([
          line,
          .element("text", [.class("mark"), HTMLAttribute("y", y), HTMLAttribute("dy", "-4")]) {
            NumberText.grouped(mark)
          },
        ])
      })
  }

  private func bar(_ bar: Bar, at index: Int, of count: Int, _ scale: ChartScale) -> HTML {
    let width = 100 / Double(max(1, count))
    let height = (Self.bottom - Self.top) * scale.share(bar.number)
    let fill = bar.isOwn ? [] : [HTMLAttribute("fill", "url(#hatch-\(series.origin.rawValue))")]
    let name = bar.isOwn ? "\(ownMeasure.title), Footfall" : "\(PastWords.label(measure)), \(series.origin.title)"
    return .element(
      "rect",
      [
        .class(bar.isOwn ? "own" : "past"), HTMLAttribute("x", SVGNumber.text((Double(index) + 0.1) * width) + "%"),
        HTMLAttribute("width", SVGNumber.text(width * 0.8) + "%"),
        HTMLAttribute("y", SVGNumber.text(Self.bottom - height)), HTMLAttribute("height", SVGNumber.text(height)),
      ] + fill
    ) {
      HTML.element("title") { "\(StepName.long(bar.label)): \(NumberText.grouped(bar.number)) \(name)" }
    }
  }

  /// The line where own counting begins.
  private func boundary(_ bars: [Bar]) -> HTML {
    guard let begins = report.ownBegins, let index = bars.firstIndex(where: \.isOwn) else { return .empty }
    let x = SVGNumber.text(Double(index) * 100 / Double(bars.count)) + "%"
    return .joined([
      .element(
        "line",
        [
          .class("begins"), HTMLAttribute("x1", x), HTMLAttribute("x2", x), HTMLAttribute("y1", "0"),
          HTMLAttribute("y2", SVGNumber.text(Self.bottom)),
        ]),
      .element("text", [.class("begins-name"), HTMLAttribute("x", x), HTMLAttribute("y", "10")]) {
        "own counting begins \(DayName.name(begins))"
      },
    ])
  }

  private func names(_ bars: [Bar]) -> HTML {
    let stride = max(1, (bars.count + Self.mostNames - 1) / Self.mostNames)
    return .joined(
      bars.indices.filter { $0 % stride == stride / 2 }.enumerated().map { place, index in
        let x = (Double(index) + 0.5) * 100 / Double(bars.count)
        return .element(
          "text",
          [
            .class(place % 2 == 1 ? "name even" : "name"), HTMLAttribute("x", SVGNumber.text(x) + "%"),
            HTMLAttribute("y", SVGNumber.text(Self.bottom + 18)),
          ]
        ) { StepName.short(bars[index].label) }
      })
  }
}

import Rollups

/// A measure that the trend can show.
enum TrendMeasure: String, CaseIterable {
  case visitors
  case visits
  case pageviews

  var title: String { self == .pageviews ? "page views" : rawValue }

  func value(_ counts: Counts) -> Int64 {
    switch self {
    case .visitors: counts.visitors
    case .visits: counts.visits
    case .pageviews: counts.pageviews
    }
  }
}

/// The trend of one measure as a line over its steps, with the compared period as a dashed line.
///
/// Horizontal positions are percentages, and lines are drawn into a stretched square. So the chart can have any width
/// while its texts keep their size.
struct TrendChart {
  /// The distance from the upper edge to the top of the scale, in pixels.
  private static let top = 14.0
  /// The distance from the upper edge to zero, in pixels.
  private static let bottom = 226.0
  /// The maximum number of steps with tooltips; beyond that, only the table and the script show the values.
  private static let mostTitles = 400

  let measure: TrendMeasure
  let points: [Report.TrendPoint]
  let compared: [Report.TrendPoint]
  private let scale: ChartScale

  init(_ measure: TrendMeasure, points: [Report.TrendPoint], compared: [Report.TrendPoint]) {
    self.measure = measure
    self.points = points
    self.compared = Array(compared.prefix(points.count))
    let most = (points + self.compared).map { measure.value($0.counts) }.max() ?? 0
    scale = ChartScale(upTo: most)
  }

  var html: HTML {
    .element("svg", [.class("plot"), HTMLAttribute("role", "img"), .label(label)]) {
      grid
      HTML.element("svg", frame) {
        if !compared.isEmpty { line(compared, "compared") }
        HTML.element("path", [.class("area"), HTMLAttribute("d", area)])
        line(points, "line")
      }
      dots
      names
      targets
    }
  }

  /// A description for screen readers.
  private var label: String {
    let values = points.map { measure.value($0.counts) }
    let least = NumberText.grouped(values.min() ?? 0)
    return "\(measure.title) by step, from \(least) to \(NumberText.grouped(values.max() ?? 0)); "
      + "the table below has all values"
  }

  /// The attributes of the square of 1000 × 1000 units for the lines, which is stretched to the plot.
  private var frame: [HTMLAttribute] {
    [
      HTMLAttribute("y", SVGNumber.text(Self.top)), HTMLAttribute("width", "100%"),
      HTMLAttribute("height", SVGNumber.text(Self.bottom - Self.top)), HTMLAttribute("viewBox", "0 0 1000 1000"),
      HTMLAttribute("preserveAspectRatio", "none"),
    ]
  }

  private var grid: HTML {
    .joined(
      scale.marks.map { mark in
        let y = SVGNumber.text(Self.bottom - (Self.bottom - Self.top) * scale.share(mark))
        return .joined([
          .element(
            "line",
            [
              .class(mark == 0 ? "zero" : "grid"), HTMLAttribute("x2", "100%"), HTMLAttribute("y1", y),
              HTMLAttribute("y2", y),
            ]),
          mark == 0
            ? .empty
            : .element("text", [.class("mark"), HTMLAttribute("y", y), HTMLAttribute("dy", "-4")]) {
              NumberText.grouped(mark)
            },
        ])
      })
  }

  private func line(_ points: [Report.TrendPoint], _ kind: String) -> HTML {
    .element("path", [.class(kind), HTMLAttribute("d", "M" + coordinates(points).joined(separator: "L"))])
  }

  private var area: String {
    guard let first = coordinates(points).first, let last = coordinates(points).last else { return "" }
    let left = first.prefix { $0 != " " }
    let right = last.prefix { $0 != " " }
    return "M\(left) 1000L" + coordinates(points).joined(separator: "L") + "L\(right) 1000Z"
  }

  private func coordinates(_ points: [Report.TrendPoint]) -> [String] {
    points.enumerated().map { index, point in
      let height = 1000 * (1 - scale.share(measure.value(point.counts)))
      return SVGNumber.text(10 * middle(index)) + " " + SVGNumber.text(height)
    }
  }

  /// Returns the position of a step, in percent of the width.
  private func middle(_ index: Int) -> Double {
    (Double(index) + 0.5) * 100 / Double(max(1, points.count))
  }

  /// The dots for a small number of steps; without one, a single step would not be visible.
  private var dots: HTML {
    guard points.count <= 31 else { return .empty }
    return .joined(
      points.enumerated().map { index, point in
        let y = Self.bottom - (Self.bottom - Self.top) * scale.share(measure.value(point.counts))
        return .element(
          "circle",
          [
            HTMLAttribute("cx", SVGNumber.text(middle(index)) + "%"), HTMLAttribute("cy", SVGNumber.text(y)),
            HTMLAttribute("r", "3"),
          ])
      })
  }

  /// The names of steps below the plot, as many as fit; on narrow screens every other one.
  private var names: HTML {
    .joined(
      named.enumerated().map { place, index in
        let x = isOfSeveralDays ? Double(index) * 100 / Double(points.count) : middle(index)
        let kind = (isOfSeveralDays ? "name start" : "name") + (place % 2 == 1 ? " even" : "")
        return .element(
          "text",
          [
            .class(kind), HTMLAttribute("x", SVGNumber.text(x) + "%"),
            HTMLAttribute("y", SVGNumber.text(Self.bottom + 18)),
          ]
        ) { StepName.short(isOfSeveralDays ? String(points[index].label.prefix(10)) : points[index].label) }
      })
  }

  /// Whether the steps are the hours of several days, which are labelled by their days.
  private var isOfSeveralDays: Bool { points.count > 24 && points[0].label.count > 10 }

  /// The steps that have a name, at most eight.
  private var named: [Int] {
    let candidates = isOfSeveralDays ? points.indices.filter { $0 % 24 == 0 } : Array(points.indices)
    let stride = max(1, (candidates.count + 7) / 8)
    return candidates.indices.filter { $0 % stride == (isOfSeveralDays ? 0 : stride / 2) }.map { candidates[$0] }
  }

  /// The tooltips with the values if scripts are disabled.
  private var targets: HTML {
    guard points.count <= Self.mostTitles else { return .empty }
    let width = SVGNumber.text(100 / Double(max(1, points.count))) + "%"
    return .joined(
      points.enumerated().map { index, point in
        .element(
          "rect",
          [
            .class("target"), HTMLAttribute("width", width), HTMLAttribute("height", "100%"),
            HTMLAttribute("x", SVGNumber.text(middle(index) - 50 / Double(points.count)) + "%"),
          ]
        ) {
          HTML.element("title") { "\(StepName.long(point.label)): \(NumberText.grouped(measure.value(point.counts)))" }
        }
      })
  }
}

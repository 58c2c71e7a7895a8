/// A small line of numbers over time, without axes.
enum SparklineView {
  /// Returns the line; nothing if there is no course to draw.
  static func html(_ numbers: [Int64]) -> HTML {
    guard numbers.count > 1, let most = numbers.max(), most > 0 else { return .empty }
    let points = numbers.enumerated().map { index, number in
      SVGNumber.text(Double(index) * 100 / Double(numbers.count - 1)) + " "
        + SVGNumber.text(28 - 26 * Double(number) / Double(most))
    }
    return .element(
      "svg",
      [
        .class("sparkline"), HTMLAttribute("viewBox", "0 0 100 30"), HTMLAttribute("preserveAspectRatio", "none"),
        HTMLAttribute("aria-hidden", "true"),
      ]
    ) {
      HTML.element("path", [.class("line"), HTMLAttribute("d", "M" + points.joined(separator: "L"))])
    }
  }
}

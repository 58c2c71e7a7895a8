import Rollups

/// The figures at the top of a report: name, value, and the change from another period.
struct Headline {
  /// One figure as people read it.
  struct Figure {
    var name: String
    var value: String
    /// The change; empty without a comparison.
    var change: String
    /// Whether the value rose; nil if it did not change, or without a comparison.
    var isRise: Bool?
    /// Whether a rise is good news.
    var isRiseWelcome = true
  }

  let figures: [Figure]
  private let columns: Int
  private let style: TextStyle

  init(total: Counts, comparison: Comparison?, columns: Int = 80, style: TextStyle = TextStyle(isColoured: false)) {
    self.columns = columns
    self.style = style
    let before = comparison.flatMap { $0.isComplete ? $0.total : nil }
    func figure(_ name: String, _ text: (Double) -> String, _ measure: (Counts) -> Double) -> Figure {
      var figure = Figure(name: name, value: text(measure(total)), change: "")
      guard let before else { return figure }
      figure.change = Change.relative(from: measure(before), to: measure(total))
      figure.isRise = measure(before) == measure(total) ? nil : measure(before) < measure(total)
      return figure
    }
    func count(_ name: String, _ measure: KeyPath<Counts, Int64>) -> Figure {
      figure(name, { NumberText.grouped(Int64($0)) }, { Double($0[keyPath: measure]) })
    }
    var bounces = figure("bounce rate", NumberText.percent, \.bounceRate)
    bounces.isRiseWelcome = false
    bounces.change = before.map { Change.points(from: $0.bounceRate, to: total.bounceRate) } ?? ""
    figures = [
      count("visitors", \.visitors), count("visits", \.visits), count("page views", \.pageviews),
      figure("views/visit", { NumberText.fixed($0, decimals: 2) }, \.viewsPerVisit), bounces,
      figure("avg. visit", NumberText.duration, \.secondsPerVisit),
    ]
  }

  /// Two lines for a terminal, or three with a comparison.
  var text: String {
    var lines = [style.faint(row(figures.map(\.name))), style.strong(row(figures.map(\.value)))]
    if figures.contains(where: { !$0.change.isEmpty }) { lines.append(style.faint(row(figures.map(\.change)))) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ texts: [String]) -> String {
    texts.map { TextTable.right($0, columns / figures.count) }.joined()
  }
}

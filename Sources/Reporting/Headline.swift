import Rollups

/// The figures at the head of a report: name, value, and the change against another period.
struct Headline {
  /// One figure as people read it.
  struct Figure {
    var name: String
    var value: String
    /// Empty where nothing is compared.
    var change: String
  }

  let figures: [Figure]
  private let columns: Int
  private let style: TextStyle

  init(total: Counts, comparison: Comparison?, columns: Int = 80, style: TextStyle = TextStyle(isColoured: false)) {
    self.columns = columns
    self.style = style
    let before = comparison.flatMap { $0.isComplete ? $0.total : nil }
    func relative(_ measure: (Counts) -> Double) -> String {
      before.map { Change.relative(from: measure($0), to: measure(total)) } ?? ""
    }
    func count(_ name: String, _ measure: KeyPath<Counts, Int64>) -> Figure {
      Figure(
        name: name, value: NumberText.grouped(total[keyPath: measure]),
        change: relative { Double($0[keyPath: measure]) })
    }
    figures = [
      count("visitors", \.visitors), count("visits", \.visits), count("page views", \.pageviews),
      Figure(
        name: "views/visit", value: NumberText.fixed(total.viewsPerVisit, decimals: 2),
        change: relative(\.viewsPerVisit)),
      Figure(
        name: "bounce rate", value: NumberText.percent(total.bounceRate),
        change: before.map { Change.points(from: $0.bounceRate, to: total.bounceRate) } ?? ""),
      Figure(
        name: "avg. visit", value: NumberText.duration(total.secondsPerVisit), change: relative(\.secondsPerVisit)),
    ]
  }

  /// Two lines for a terminal, three where something is compared.
  var text: String {
    var lines = [style.faint(row(figures.map(\.name))), style.strong(row(figures.map(\.value)))]
    if figures.contains(where: { !$0.change.isEmpty }) { lines.append(style.faint(row(figures.map(\.change)))) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ texts: [String]) -> String {
    texts.map { TextTable.right($0, columns / figures.count) }.joined()
  }
}

import Hits
import StatsStore

/// What other programs counted, for the terminal.
struct PastText {
  private static let gap = 2

  let columns: Int
  let style: TextStyle

  /// Returns a table for each series, then our own steps below a line, and the pages of each series.
  func text(_ report: PastReport) -> String {
    var blocks = report.series.map { series in
      let title = "Before own counting: \(series.origin.title), by \(series.interval.rawValue)"
      let total = series.steps.count > 1 ? [PastReport.Step(label: "total", numbers: series.totals)] : []
      let rows = (series.steps + total).map { step in
        (step.label, series.measures.map { step.numbers[$0].map { NumberText.grouped($0) } ?? "–" })
      }
      return table(title, series.measures.map(PastWords.label), rows)
        + (PastWords.cuts(series).map { style.faint($0) + "\n" } ?? "")
    }
    if let begins = report.ownBegins, !report.own.isEmpty {
      let rows = report.own.map { point in
        (point.label, TrendMeasure.allCases.map { NumberText.grouped($0.value(point.counts)) })
      }
      let line = style.faint("── own counting begins \(DayName.name(begins)) ──") + "\n"
      blocks.append(
        line + table("Counted by Footfall, by \(report.interval.rawValue)", TrendMeasure.allCases.map(\.title), rows))
    }
    return blocks.joined() + style.faint(PastWords.note(report.series)) + "\n" + pages(report)
  }

  private func pages(_ report: PastReport) -> String {
    report.series.compactMap { series in
      guard let list = series.lists.first(where: { ["page", "url"].contains($0.dimension) }) else { return nil }
      let measures = PastWords.measures(of: list.rows)
      let rows = list.rows.map { row in
        (row.value, measures.map { row.numbers[$0].map { NumberText.grouped($0) } ?? "" })
      }
      let more = list.values - list.rows.count
      return "\n"
        + table(
          "\(PastWords.title(list.dimension).capitalised) of \(series.origin.title)", measures.map(PastWords.label),
          rows)
        + (more > 0 ? style.faint("  … and \(NumberText.grouped(more)) more (--limit)") + "\n" : "")
    }.joined()
  }

  private func table(_ title: String, _ heads: [String], _ rows: [(String, [String])]) -> String {
    let widths = heads.indices.map { column in
      ([heads[column]] + rows.map { $0.1[column] }).map(TerminalText.width).max() ?? 0
    }
    let used = widths.reduce(0) { $0 + $1 + Self.gap }
    // A title that does not fit beside the numbers has a line of its own.
    let nameWidth = max(24, min(columns - used, max(TerminalText.width(title), 60)))
    let isAbove = TerminalText.width(title) > nameWidth
    let above = isAbove ? style.strong(title) + "\n" : ""
    let first = style.strong(TerminalText.fitted(isAbove ? "" : title, columns: nameWidth))
    func cells(_ texts: [String]) -> String {
      texts.indices.map { TextTable.right(texts[$0], widths[$0] + Self.gap) }.joined()
    }
    let lines = rows.map { name, numbers in
      "  " + TerminalText.fitted(TerminalText.printable(name), columns: nameWidth - 2) + cells(numbers)
    }
    return above + ([first + style.faint(cells(heads))] + lines).map { $0 + "\n" }.joined()
  }
}

extension String {
  /// The text with a capital first letter.
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

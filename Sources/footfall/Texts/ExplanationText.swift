import Hits
import Importing
import Reporting
import Rollups
import StatsStore

/// Explanations of lines for people.
struct ExplanationText {
  /// Whether addresses, user agents and queries are shown.
  let showsPersonal: Bool

  /// Returns one line for each, then the number of lines by outcome.
  func list(of explanations: [Explanation]) -> String {
    var text = "  line  outcome                  decided by          request\n"
    var outcomes = OutcomeCounts()
    for explanation in explanations {
      outcomes[explanation.outcome] += 1
      let request = ["method", "target"].compactMap { shown($0, of: explanation) }.joined(separator: " ")
      let columns = [
        left(explanation.outcome.name, 23), left(explanation.decidingStage ?? "", 18), request,
      ]
      text += right(String(explanation.number), 6) + "  " + columns.joined(separator: "  ").trimmedEnd + "\n"
    }
    text += "\n" + outcomes.present.map { right(NumberText.grouped($0.lines), 6) + "  \($0.outcome.name)\n" }.joined()
    return text
  }

  /// Returns everything that is known about one line.
  ///
  /// - Parameter withBehaviour: whether the visitor's whole day was asked for.
  func full(_ explanation: Explanation, file: String, withBehaviour: Bool) -> String {
    var blocks = ["\(file):\(explanation.number) (\(explanation.format))\n"]
    if !explanation.fields.isEmpty {
      blocks.append("Fields\n" + explanation.fields.map { row($0.name, shown($0)) }.joined())
    }
    blocks.append(
      "Stages\n" + explanation.stages.map { row($0.name, $0.outcome?.name ?? "continues", $0.detail) }.joined())
    let place = explanation.moment.map { "  \($0.site), \($0.time)" } ?? ""
    blocks.append("Outcome\n" + row(explanation.outcome.name, place.trimmedStart))
    if !explanation.rows.isEmpty {
      blocks.append("Rows, if it were the only line of its day\n" + explanation.rows.map(row).joined())
    }
    if let behaviour = BehaviourText.block(explanation.behaviour, isAsked: withBehaviour) { blocks.append(behaviour) }
    return blocks.joined(separator: "\n")
  }

  private func row(_ row: StatisticsRow) -> String {
    let counts = row.counts
    var parts = row.value.split(separator: "\u{1F}", omittingEmptySubsequences: false)
    while parts.last?.isEmpty == true { parts.removeLast() }
    let value = parts.joined(separator: " | ")
    let measures =
      switch row.dimension {
      case .robot, .robotPage: "requests \(counts.pageviews), bytes \(counts.seconds)"
      case .feed: "requests \(counts.pageviews), readers \(counts.visitors)"
      default: "\(unit(row.dimension)) \(counts.pageviews), visits \(counts.visits), bounces \(counts.bounces)"
      }
    let isNumber = row.dimension == .total
    return self.row(row.dimension.name, left(isNumber ? "" : value.isEmpty ? "(none)" : value, 30), measures)
  }

  private func unit(_ dimension: Dimension) -> String {
    switch dimension {
    case .event, .eventProperty: "events"
    case .notFound, .robotClass: "requests"
    default: "page views"
    }
  }

  private func row(_ cells: String...) -> String {
    let printable = cells.map(TerminalText.printable)
    return ("  " + left(printable[0], 20) + printable.dropFirst().map { "  " + left($0, 18) }.joined()).trimmedEnd
      + "\n"
  }

  private func shown(_ name: String, of explanation: Explanation) -> String? {
    explanation.fields.first { $0.name == name }.map { TerminalText.printable(shown($0)) }
  }

  private func shown(_ field: Explanation.Field) -> String {
    showsPersonal ? field.text : field.cleanText ?? "(hidden; --show-personal)"
  }

  private func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalText.width(text)))
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  fileprivate var trimmedStart: String { String(drop { $0 == " " }) }
}

import Hits
import Importing
import Reporting
import Rollups
import StatsStore

/// Explanations of lines as one JSON object; docs/cli.md documents the keys.
enum ExplanationJSON {
  /// Returns the text of the object, with a line end.
  static func text(of explanations: [Explanation], showsPersonal: Bool, withBehaviour: Bool) throws -> String {
    try JSONText.of(
      Document(
        lines: explanations.map { explanation in
          var line = Line(explanation, showsPersonal)
          if withBehaviour { line.behaviour = BehaviourJSON(explanation.behaviour) }
          return line
        }))
  }

  private struct Document: Encodable {
    var lines: [Line]
  }

  private struct Stage: Encodable {
    var stage: String
    var outcome: String?
    var detail: String?
  }

  private struct Row: Encodable {
    var dimension: String
    var value: [String]
    var pageviews: Int64
    var visits: Int64
    var bounces: Int64
  }

  private struct Line: Encodable {
    var line: Int
    var format: String
    var site: String?
    var time: String?
    var fields: [String: String]
    var stages: [Stage]
    var outcome: String
    var decided_by: String?
    var rows: [Row]
    var behaviour: BehaviourJSON?

    init(_ explanation: Explanation, _ showsPersonal: Bool) {
      line = explanation.number
      format = explanation.format
      site = explanation.moment?.site
      time = explanation.moment?.time
      let shown = explanation.fields.map { ($0.name, showsPersonal ? $0.text : $0.cleanText) }
      fields = Dictionary(shown.compactMap { name, text in text.map { (name, $0) } }) { first, _ in first }
      stages = explanation.stages.map {
        Stage(stage: $0.name, outcome: $0.outcome?.name, detail: $0.detail.isEmpty ? nil : $0.detail)
      }
      outcome = explanation.outcome.name
      decided_by = explanation.decidingStage
      rows = explanation.rows.map { row in
        let parts = row.value.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        return Row(
          dimension: row.dimension.name, value: parts, pageviews: row.counts.pageviews, visits: row.counts.visits,
          bounces: row.counts.bounces)
      }
    }
  }
}

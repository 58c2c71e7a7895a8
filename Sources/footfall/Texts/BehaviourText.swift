import Hits
import Importing
import Sessions

/// What the rules about behaviour found of a visitor's day, for people.
enum BehaviourText {
  /// Returns the block of an explanation; nil if there is nothing to say.
  ///
  /// - Parameter isAsked: whether the visitor's whole day was asked for.
  static func block(_ behaviour: ExplainedBehaviour, isAsked: Bool) -> String? {
    let title = "Behaviour, of the visitor's whole day in this file\n"
    switch behaviour {
    case .unknown: return "The visitor's whole day is judged when the day is counted; --behaviour shows how.\n"
    case .notAsked(let reason): return isAsked ? title + "  not asked: \(text(of: reason))\n" : nil
    case .judged(let day):
      let rows = [("verdict", verdict(day)), ("evidence", evidence(day.evidence)), ("the log", text(of: day.loading))]
      return title + rows.map { row($0, $1) }.joined() + day.findings.map(row).joined()
    }
  }

  private static func row(_ name: String, _ text: String) -> String {
    "  \(padded(name, 20))  \(text)\n"
  }

  private static func row(_ finding: BehaviourFinding) -> String {
    let state =
      switch finding.state {
      case .matches: "matches"
      case .missed: "missed"
      case .notAsked: "not asked"
      }
    return row(finding.rule.name, padded(state, 9) + "  " + FindingText.text(of: finding))
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func verdict(_ day: JudgedDay) -> String {
    day.verdict.map { "a robot: \($0.name)" } ?? "a person: no rule removes this visitor"
  }

  private static func evidence(_ evidence: Evidence) -> String {
    let names: [(Proofs, String)] = [
      (.part, "a part of a page"), (.copy, "a copy of a page (304)"), (.picture, "a picture of a page"),
      (.icon, "the icon"),
    ]
    let proofs = names.filter { evidence.proofs.contains($0.0) }.map(\.1)
    let loading = proofs.isEmpty ? "not seen loading" : "seen loading: " + proofs.joined(separator: ", ")
    let referrer =
      switch evidence.habit.referrer {
      case .none: "no referrer"
      case .other: "no referrer of the site itself"
      case .own: "came by a link of the site"
      }
    return "\(loading); \(referrer); \(evidence.views) page view\(evidence.views == 1 ? "" : "s")"
  }

  private static func text(of loading: Loading) -> String {
    switch loading {
    case .people: "its people load parts of pages"
    case .somebody: "somebody loads parts of pages, but too few do to compare with"
    case .nobody: "nobody loads parts of pages; it may not hold them"
    }
  }

  private static func text(of reason: ExplainedBehaviour.Reason) -> String {
    switch reason {
    case .robot: "the line shows that it is a robot's"
    case .noVisitor: "the line has no visitor: it ended before, or its sender asks not to be tracked"
    case .sealed: "the day is sealed, so nothing more of it is counted"
    case .nothingCounted: "the visitor has no page view, event or missing page, so nothing of it is counted"
    }
  }
}

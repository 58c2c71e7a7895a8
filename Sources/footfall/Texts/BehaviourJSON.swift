import Hits
import Importing
import Sessions

/// What the rules about behaviour found, as a JSON object; docs/cli.md documents the keys.
struct BehaviourJSON: Encodable {
  private struct Rule: Encodable {
    var rule: String
    var state: String
    var reason: String?
    var found: [Number]
    var text: String
  }

  private struct Number: Encodable {
    var what: String
    var number: Int
    var limit: Int?
    var seconds: Int?
  }

  private var verdict: String
  private var reason: String?
  private var loads: [String]?
  private var referrer: String?
  private var pageviews: Int?
  private var day: String?
  private var rules: [Rule]?

  init(_ behaviour: ExplainedBehaviour) {
    verdict = "not_asked"
    switch behaviour {
    case .unknown: break
    case .notAsked(let reason): self.reason = reason.rawValue
    case .judged(let judged):
      let evidence = judged.evidence
      let names: [(Proofs, String)] = [(.part, "part"), (.copy, "copy"), (.picture, "picture"), (.icon, "icon")]
      verdict = judged.verdict?.name ?? "person"
      loads = names.filter { evidence.proofs.contains($0.0) }.map(\.1)
      referrer = "\(evidence.habit.referrer)"
      pageviews = evidence.views
      day = "\(judged.loading)"
      rules = judged.findings.map(Self.rule)
    }
  }

  private static func rule(_ finding: BehaviourFinding) -> Rule {
    var rule = Rule(
      rule: finding.rule.name, state: "missed", found: finding.figures.map(number) + finding.groups.flatMap(numbers),
      text: FindingText.text(of: finding))
    switch finding.state {
    case .missed: break
    case .matches: rule.state = "matches"
    case .notAsked(let reason): (rule.state, rule.reason) = ("not_asked", reason.rawValue)
    }
    return rule
  }

  private static func number(_ figure: BehaviourFinding.Figure) -> Number {
    Number(what: figure.measure.rawValue, number: figure.found, limit: figure.limit, seconds: figure.seconds)
  }

  private static func numbers(_ group: FleetGroup) -> [Number] {
    [
      Number(what: group.kind.rawValue + "_visitors", number: group.share.visitors, limit: group.fewest),
      Number(what: group.kind.rawValue + "_loading", number: group.share.loading, limit: group.mostLoading),
    ]
  }
}

import Hits
import Sessions

/// The verdicts on a day's visitors, once it is known what all of them did.
struct DayCrowd {
  let behaviour: Behaviour
  /// What all of them did; nil if each is judged by itself alone.
  let search: FleetSearch?
  let fleets: Fleets?

  /// What the visitors show about the log.
  var loading: Loading { search?.loading ?? .nobody }

  /// Returns the rule by which a visitor is a robot, and what it did that browsers do.
  func verdict(
    on visitor: RunMerge.VisitorHits, _ texts: borrowing DayTexts
  ) -> (rule: BehaviourRule?, evidence: Evidence) {
    let day = behaviour.visitor(hits: visitor.hits, signals: visitor.signals)
    let evidence = day.evidence
    let rule = behaviour.verdict(on: day, loading: loading) { page in
      texts.withText(ofRank: texts.pages[page]) { NotablePages.stem(of: $0) }
    }
    guard rule == nil, let fleets, evidence.viewsPages, !evidence.loads,
      fleets.contains(client: texts.clients.place(of: visitor.client), evidence.habit)
    else { return (rule, evidence) }
    return (.fleet, evidence)
  }

  /// Returns the same verdict with what each rule found.
  func judgement(on visitor: RunMerge.VisitorHits, _ texts: borrowing DayTexts) -> JudgedDay {
    let day = behaviour.visitor(hits: visitor.hits, signals: visitor.signals)
    let groups = search?.groups(
      client: texts.clients.place(of: visitor.client), day.evidence.habit, among: fleets)
    return JudgedDay(
      verdict: verdict(on: visitor, texts).rule, evidence: day.evidence, loading: loading,
      findings: behaviour.findings(on: day, loading: loading, groups: groups ?? []) { page in
        texts.withText(ofRank: texts.pages[page]) { NotablePages.stem(of: $0) }
      })
  }
}

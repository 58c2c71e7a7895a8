import Hits
import Sessions

/// What one rule about behaviour found, in words and numbers.
enum FindingText {
  /// Returns the numbers with their limits, or why the rule was not asked.
  static func text(of finding: BehaviourFinding) -> String {
    if case .notAsked(let reason) = finding.state { return text(of: reason) }
    if finding.rule == .fleet { return text(of: finding.groups) }
    let texts = finding.figures.enumerated().map { text($0.element, isFirst: $0.offset == 0) }
    return texts.joined(separator: finding.rule == .errors ? ", and " : "; ")
  }

  private static func text(of reason: BehaviourFinding.Reason) -> String {
    switch reason {
    case .excluded: "the site does not use this rule"
    case .loads: "the visitor was seen loading"
    case .peopleUnknown: "the day does not show that people load parts of pages"
    case .nobodyLoads: "nobody was seen loading a part of a page that day"
    case .viewsNothing: "the visitor viewed no page"
    case .otherRule: "another rule removes the visitor"
    }
  }

  private static func text(_ figure: BehaviourFinding.Figure, isFirst: Bool) -> String {
    let (found, limit) = (figure.found, figure.limit)
    let window = figure.seconds.map { "within \($0 % 3_600 == 0 ? "\($0 / 3_600) h" : "\($0) s"), of \(limit)" } ?? ""
    switch figure.measure {
    case .probes: return "\(counted(found, "path")) that only scanners request, of \(limit)"
    case .robotsTxt: return found > 0 ? "requested robots.txt" : "did not request robots.txt"
    case .views: return "at most \(counted(found, "page view")) \(window)"
    case .viewsWithPictures: return "\(found) with pictures \(window)"
    case .viewsWithoutLink:
      return "\(isFirst ? "at most " + counted(found, "page view") : "\(found)") without a link of the site \(window)"
    case .viewsOfOnePage: return "at most \(counted(found, "view")) of one page \(window)"
    case .errors: return "\(counted(found, "wrong request")), of \(limit)"
    case .errorsForViews: return "of \(limit) for its page views"
    case .pages: return "\(counted(found, "different page")), of \(limit)"
    case .suspectNetwork: return found > 0 ? "from a network you suspect" : "not from a network you suspect"
    case .oldBrowser: return found > 0 ? "an old browser" : "no old browser"
    case .noReferrer: return found > 0 ? "never a referrer" : "a referrer, or a log without referrers"
    }
  }

  private static func counted(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }

  private static func text(of groups: [FleetGroup]) -> String {
    guard let first = groups.first else { return "no visitors to compare with" }
    let others = groups.first { $0.fewest != first.fewest }.map { ", or \($0.fewest) with any browser" } ?? ""
    let most = first.kind == .mixed ? "nearly nobody" : "at most 1 in \(FleetGroup.lowShare)"
    return groups.map(text).joined(separator: "; ")
      + "; a fleet has \(first.fewest) or more\(others), of whom \(most) loads"
  }

  private static func text(_ group: FleetGroup) -> String {
    let name =
      switch group.kind {
      case .habit: "this browser and habit"
      case .client: "this browser"
      case .mixed: "any browser, several pages and no link of the site followed"
      }
    let obstacle =
      switch group.obstacle {
      case .people: " (too few others load to compare with)"
      case .chance: " (chance could explain it)"
      case .page: " (the page they share has no parts)"
      case .few, .loading, nil: ""
      }
    return "of \(counted(group.share.visitors, "visitor")) with \(name) \(group.share.loading) load\(obstacle)"
  }
}

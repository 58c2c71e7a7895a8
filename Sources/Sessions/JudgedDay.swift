import Hits

/// What the rules about behaviour found of a visitor's day: the verdict with its reasons.
public struct JudgedDay: Sendable {
  /// The rule that identifies the visitor as a robot; nil for a person.
  public let verdict: BehaviourRule?
  /// What it did that browsers do.
  public let evidence: Evidence
  /// What the day's visitors show about the log.
  public let loading: Loading
  /// What each rule found, in the order of the rules.
  public let findings: [BehaviourFinding]

  /// Bundles a verdict and its reasons.
  public init(verdict: BehaviourRule?, evidence: Evidence, loading: Loading, findings: [BehaviourFinding]) {
    self.verdict = verdict
    self.evidence = evidence
    self.loading = loading
    self.findings = findings
  }
}

/// What one rule found of a visitor's day.
public struct BehaviourFinding: Sendable {
  /// Whether the rule applies.
  public enum State: Equatable, Sendable {
    /// The visitor is a robot by this rule. If several match, the first one is the verdict.
    case matches
    /// It is not.
    case missed
    /// The rule was not asked.
    case notAsked(Reason)
  }

  /// Why a rule is not asked.
  public enum Reason: String, Sendable {
    /// The site does not use it.
    case excluded
    /// The visitor was seen loading.
    case loads
    /// The day does not show that people load parts of pages.
    case peopleUnknown = "people_unknown"
    /// Nobody was seen loading a part of a page that day.
    case nobodyLoads = "nobody_loads"
    /// The visitor viewed no page.
    case viewsNothing = "views_nothing"
    /// Another rule identifies the visitor.
    case otherRule = "other_rule"
  }

  /// A number that a rule compares.
  public struct Figure: Equatable, Sendable {
    /// What is counted.
    public enum Measure: String, Sendable {
      /// Scanner paths requested.
      case probes
      /// Whether robots.txt was requested.
      case robotsTxt = "robots_txt"
      /// Most page views within ``ReadingRate/window``.
      case views
      /// The same with pictures.
      case viewsWithPictures = "views_with_pictures"
      /// Most page views within ``ReadingRate/shortWindow`` that follow no link of the site.
      case viewsWithoutLink = "views_without_link"
      /// Most views of one page within ``Behaviour/onePageWindow``.
      case viewsOfOnePage = "views_of_one_page"
      /// Wrong requests.
      case errors
      /// The same, compared with the page views, if there are any.
      case errorsForViews = "errors_for_views"
      /// Different pages viewed.
      case pages
      /// Whether the network is suspected.
      case suspectNetwork = "suspect_network"
      /// Whether the browser was replaced years ago.
      case oldBrowser = "old_browser"
      /// Whether no request had a referrer, although the log would tell.
      case noReferrer = "no_referrer"
    }

    /// What is counted.
    public let measure: Measure
    /// The number found.
    public let found: Int
    /// The number from which on the rule matches.
    public let limit: Int
    /// The window in which it is counted, in seconds; nil for the whole day.
    public let seconds: Int?
  }

  /// The rule.
  public let rule: BehaviourRule
  /// Whether it applies.
  public let state: State
  /// The numbers that it compares; empty for fleets, and if it was not asked.
  public let figures: [Figure]
  /// The groups of visitors that it compares; empty for all rules but that of fleets.
  public let groups: [FleetGroup]
}

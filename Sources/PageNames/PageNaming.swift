import LineRules
import Redaction

/// How the pages of a site get their names. docs/pages.md gives the reasons for the defaults.
public struct PageNaming: Sendable, Equatable {
  /// What happens to names that differ in little and mean the same page.
  public enum Twins: String, CaseIterable, Sendable {
    /// They become one name.
    case merge
    /// Each stays as it was requested.
    case keep
  }

  /// What happens to capital letters.
  public enum LetterCase: String, CaseIterable, Sendable {
    /// They stay.
    case keep
    /// ASCII letters become small.
    case fold
  }

  /// How much personal data is redacted.
  public var redaction = RedactionLevel.standard
  /// Whether `/Docs` and `/docs` are one page.
  public var letterCase = LetterCase.keep
  /// Whether `/docs/` and `/docs` are one page.
  public var slashes = Twins.merge
  /// Whether `/docs/index.html` and `/docs/` are one page.
  public var indexes = Twins.merge
  /// The operator's rules; the first one that matches applies.
  public var rules: [PathRule] = []
  /// The query parameters that make pages; the first entry whose path matches applies.
  public var keptQueries: [KeptQuery] = []

  /// The defaults: redaction, merged slashes and index names, no rules.
  public static let standard = PageNaming()

  private init() {}

  /// Combines settings as they were written.
  ///
  /// - Throws: ``RuleMistake`` for a rule that is invalid, that can match nothing, or whose result a rule changes again.
  public init(_ texts: NamingTexts) throws(RuleMistake) {
    redaction = texts.redaction ?? redaction
    letterCase = texts.letterCase ?? letterCase
    slashes = texts.slashes ?? slashes
    indexes = texts.indexes ?? indexes
    for text in texts.rules { rules.append(try PathRule(text)) }
    for text in texts.keptQueries { keptQueries.append(try KeptQuery(text)) }
    var check = RuleCheck(self)
    try check.check()
  }
}

/// Settings for the names of pages, as they were written. What is nil has its default.
public struct NamingTexts: Sendable, Equatable {
  /// How much personal data is redacted.
  public var redaction: RedactionLevel?
  /// What happens to capital letters.
  public var letterCase: PageNaming.LetterCase?
  /// What happens to a slash at the end.
  public var slashes: PageNaming.Twins?
  /// What happens to index names at the end.
  public var indexes: PageNaming.Twins?
  /// Rules of paths (``PathRule``).
  public var rules: [String] = []
  /// Query parameters to keep (``KeptQuery``).
  public var keptQueries: [String] = []

  /// Creates settings without any.
  public init() {}

  /// Returns the settings of one site: its own, and the general ones where it has none. Its own rules come first.
  public static func + (general: NamingTexts, site: NamingTexts) -> NamingTexts {
    var texts = general
    texts.redaction = site.redaction ?? general.redaction
    texts.letterCase = site.letterCase ?? general.letterCase
    texts.slashes = site.slashes ?? general.slashes
    texts.indexes = site.indexes ?? general.indexes
    texts.rules = site.rules + general.rules
    texts.keptQueries = site.keptQueries + general.keptQueries
    return texts
  }
}

/// How pages are named, for all sites.
public struct SiteNaming: Sendable, Equatable {
  private let general: PageNaming
  private let ofSites: [String: PageNaming]

  /// The defaults for all sites.
  public init() {
    general = .standard
    ofSites = [:]
  }

  /// Combines settings for all sites with those of single ones.
  ///
  /// - Parameter sites: the settings of sites, by their main hosts in canonical form.
  /// - Throws: ``RuleMistake``.
  public init(_ texts: NamingTexts, sites: [String: NamingTexts]) throws(RuleMistake) {
    general = try PageNaming(texts)
    var ofSites: [String: PageNaming] = [:]
    for (host, site) in sites { ofSites[host] = try PageNaming(texts + site) }
    self.ofSites = ofSites
  }

  /// Returns the settings of the site with this main host.
  public subscript(host: String) -> PageNaming { ofSites[host] ?? general }
}

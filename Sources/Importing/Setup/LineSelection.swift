import Collecting
import LineRules
import PrivacyPipeline

/// Which lines an import counts, and which of them as page views.
public struct LineSelection: Sendable {
  /// Rules as they were written.
  public struct Texts: Sendable, Equatable {
    /// If there are any, lines that match none of them are excluded.
    public var include: [String]
    /// Lines that match one of them are excluded.
    public var exclude: [String]
    /// Lines that match one of them count as page views.
    public var pageviews: [String]
    /// Changes to the list of asset extensions, or another list; nil for the default list.
    public var assets: String?

    /// Bundles rules.
    public init(include: [String] = [], exclude: [String] = [], pageviews: [String] = [], assets: String? = nil) {
      self.include = include
      self.exclude = exclude
      self.pageviews = pageviews
      self.assets = assets
    }

    /// Returns the rules of both; the asset list on the right takes precedence.
    static func + (left: Texts, right: Texts) -> Texts {
      Texts(
        include: left.include + right.include, exclude: left.exclude + right.exclude,
        pageviews: left.pageviews + right.pageviews, assets: right.assets ?? left.assets)
    }
  }

  /// All lines, and page views as docs/counting.md defines them.
  public static let all = LineSelection()

  let period: Period
  private let rules: LineRules
  private let siteRules: [String: LineRules]
  /// A text that differs between selections.
  let signature: String

  private init() {
    period = Period()
    rules = LineRules()
    siteRules = [:]
    signature = ""
  }

  /// Parses a period and rules.
  ///
  /// - Parameters:
  ///   - since: a period or an instant (``PeriodText``); nil for everything before `until`.
  ///   - until: the same for the end; the period's last day is included.
  ///   - now: the instant that decides what day is today, in Unix seconds.
  ///   - rules: the rules for the lines of all sites.
  ///   - siteRules: further rules for the lines of a site, by its main host.
  /// - Throws: ``ImportFailure/usage(_:)`` if something is invalid.
  public init(
    since: String?, until: String?, now: Int64, rules texts: Texts, siteRules siteTexts: [String: Texts] = [:]
  ) throws {
    period = Period(
      since: try since.map { try PeriodText.bound($0, .since, now: now) },
      until: try until.map { try PeriodText.bound($0, .until, now: now) })
    rules = try Self.rules(texts)
    var siteRules: [String: LineRules] = [:]
    for (host, ofSite) in siteTexts { siteRules[HostName.canonical(host)] = try Self.rules(texts + ofSite) }
    self.siteRules = siteRules
    let chosen = siteTexts.sorted { $0.key < $1.key }.flatMap { host, texts in
      Self.choosing(texts).map { host + " " + $0 }
    }
    let parts = [Self.text(since, period.since), Self.text(until, period.until)] + Self.choosing(texts) + chosen
    signature = parts.allSatisfy(\.isEmpty) ? "" : parts.joined(separator: "\n")
  }

  /// Returns a bound for the signature: the same word means other lines on another day.
  private static func text(_ text: String?, _ bound: Period.Bound?) -> String {
    if case .named(_, let now) = bound { return "\(text ?? "") \(now)" }
    return text ?? ""
  }

  /// Returns the rules of a site.
  func rules(ofSite host: String) -> LineRules { siteRules[host] ?? rules }

  private static func rules(_ texts: Texts) throws -> LineRules {
    do {
      return LineRules(
        include: try texts.include.map { try LineRule($0) }, exclude: try texts.exclude.map { try LineRule($0) },
        pageviews: try texts.pageviews.map { try LineRule($0) },
        assets: try texts.assets.map { try AssetList.changed(by: $0) } ?? AssetExtensions.standard)
    } catch let mistake as RuleMistake {
      throw ImportFailure.usage(mistake.description)
    }
  }

  /// Returns the rules that select lines. Those for page views and assets do not: their lines are counted as
  /// something in any case.
  private static func choosing(_ texts: Texts) -> [String] {
    texts.include.map { "+" + $0 } + texts.exclude.map { "-" + $0 }
  }
}

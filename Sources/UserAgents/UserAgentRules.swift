import ByteScanning
import Hits

/// The rules in the data folder, parsed strictly: a line that cannot be parsed is an error and never skipped.
///
/// `browsers.rules` contains uap-core's parsers, one per line, in columns separated by tabs: `browser`, `system` or
/// `device` · `i` if case is ignored, else `-` · the regular expression · five replacements, empty for none.
/// `crawlers.rules` contains crawler-user-agents' patterns: the pattern · its tags, separated by commas. `releases.tsv` has
/// what ``BrowserReleases`` needs: a browser · a major version · the date of its first release. Lines that start with `#`
/// are comments. ``BotList`` parses the operator's own lists.
public struct UserAgentRules: Sendable {
  /// A line that is not a rule.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// The name of the file.
    public let file: String
    /// The number of the line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: String
    /// What to do about it.
    public var advice = "recreate the rule data with make -B setup"

    /// File, line, reason and what to do.
    public var description: String { "\(file):\(line): \(reason); \(advice)" }
  }

  let rules: [AgentRule]
  let releases: BrowserReleases

  /// Parses the bytes of the files. If `crawlers` is empty, only Footfall's own rules identify robots; if `releases` is, no
  /// browser is an old one.
  ///
  /// - Parameter bots: the operator's own rules for robots; they come first.
  /// - Throws: ``Failure`` for the first line that is not a rule.
  public init(
    browsers: [UInt8], crawlers: [UInt8], releases: [UInt8] = [], bots: BotList = BotList()
  ) throws(Failure) {
    self.releases = BrowserReleases(try Self.lines(releases, "releases.tsv", BrowserReleases.release))
    let uap = try Self.lines(browsers, "browsers.rules", Self.uapRule)
    let listed = try Self.lines(crawlers, "crawlers.rules", Self.crawlerRule)
    rules =
      BrowserPatterns.rules + uap + bots.rules + RobotDirectory.rules + BotPatterns.beforeLists
      + listed.compactMap { $0 }
      + BotPatterns.afterLists
      + DevicePatterns.rules
  }

  struct Reason: Error { let text: String }

  private static func lines<Rule>(
    _ bytes: [UInt8], _ file: String, _ read: ([String]) throws(Reason) -> Rule
  ) throws(Failure) -> [Rule] {
    var rules: [Rule] = []
    var number = 0
    var start = 0
    while start < bytes.count {
      let end = ByteSearch.firstIndex(of: Byte.newline, in: bytes.span, from: start, to: bytes.count)
      number += 1
      if end > start, bytes[start] != Byte.numberSign {
        do {
          rules.append(try read(columns(bytes, start..<end)))
        } catch {
          throw Failure(file: file, line: number, reason: error.text)
        }
      }
      start = end + 1
    }
    return rules
  }

  /// Returns the texts between the tabs of a line. Splits bytes, since a `String` would be split into what readers
  /// see as characters.
  private static func columns(_ bytes: [UInt8], _ line: Range<Int>) -> [String] {
    var columns: [String] = []
    var start = line.lowerBound
    while start <= line.upperBound {
      let end = ByteSearch.firstIndex(of: Byte.tab, in: bytes.span, from: start, to: line.upperBound)
      columns.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end + 1
    }
    return columns
  }

  private static func uapRule(_ columns: [String]) throws(Reason) -> AgentRule {
    guard columns.count == 8 else { throw Reason(text: "expected 8 columns, found \(columns.count)") }
    let meaning: AgentRule.Meaning
    switch columns[0] {
    case "browser": meaning = .browser
    case "system": meaning = .system
    case "device": meaning = .device
    default: throw Reason(text: "the first column must be browser, system or device")
    }
    guard columns[1] == "i" || columns[1] == "-" else { throw Reason(text: "the second column must be i or -") }
    return try checked(
      AgentRule(
        meaning: meaning, pattern: columns[2], ignoresCase: columns[1] == "i",
        replacements: columns[3...].map { $0.isEmpty ? nil : $0 }))
  }

  /// Returns the rule of a crawler's pattern; nil for patterns that match people.
  private static func crawlerRule(_ columns: [String]) throws(Reason) -> AgentRule? {
    guard columns.count == 2 else { throw Reason(text: "expected 2 columns, found \(columns.count)") }
    if FalsePositivePatterns.all.contains(columns[0]) { return nil }
    let meaning = AgentRule.Meaning.bot(botClass(tags: columns[1]))
    return try checked(AgentRule(meaning: meaning, pattern: columns[0], source: .crawlerUserAgents))
  }

  /// Returns the rule if its pattern can be used.
  static func checked(_ rule: AgentRule) throws(Reason) -> AgentRule {
    guard !rule.pattern.isEmpty else { throw Reason(text: "the pattern is missing") }
    guard RuleMatcher.reads(rule) else { throw Reason(text: "the pattern is not a valid regular expression") }
    return rule
  }

  private static func botClass(tags: String) -> BotClass {
    for tag in tags.split(separator: ",") {
      if let known = classes[String(tag)] { return known }
    }
    return .otherBot
  }

  private static let classes: [String: BotClass] = [
    "search-engine": .searchEngine, "ai-crawler": .aiCrawler, "ai": .aiCrawler, "seo": .seoCrawler,
    "advertising": .seoCrawler, "http-library": .httpLibrary, "browser-automation": .headless, "monitoring": .monitor,
    "feed-reader": .feedReader, "social-preview": .socialPreview, "scanner": .scanner, "security": .scanner,
    "archiver": .archiver,
  ]
}

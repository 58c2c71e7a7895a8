/// Kinds of robots. Their names are stored and displayed, and never change.
public enum BotClass: String, CaseIterable, Sendable {
  /// Indexes the web for a search engine.
  case searchEngine = "search_engine"
  /// Collects text for a language model, or fetches pages to answer questions with.
  case aiCrawler = "ai_crawler"
  /// Analyses sites for advertisers and for search engine optimisation.
  case seoCrawler = "seo_crawler"
  /// A program or script that fetches pages.
  case httpLibrary = "http_library"
  /// A browser controlled by a program.
  case headless
  /// Checks whether a site is up and how fast it responds.
  case monitor
  /// Fetches feeds and podcasts.
  case feedReader = "feed_reader"
  /// Fetches a page that somebody linked to, to show a preview of it.
  case socialPreview = "social_preview"
  /// Looks for vulnerabilities.
  case scanner
  /// Archives copies of pages.
  case archiver
  /// Any other robot.
  case otherBot = "other_bot"

  /// The name as stored and displayed.
  public var name: String { rawValue }
}

/// A line of a chunk that is a robot's request, identified by its user agent.
public struct BotLine: Equatable, Sendable {
  /// The index of the line within its chunk.
  public var line: Int32
  /// The kind of robot.
  public var kind: BotClass

  /// Creates an entry.
  public init(line: Int32, kind: BotClass) {
    self.line = line
    self.kind = kind
  }
}

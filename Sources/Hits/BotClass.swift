/// Kinds of robots. The names are stored and shown and never change.
public enum BotClass: String, CaseIterable, Sendable {
  /// Indexes the web for a search engine.
  case searchEngine = "search_engine"
  /// Gathers texts for a language model, or fetches pages to answer with.
  case aiCrawler = "ai_crawler"
  /// Measures sites for advertisers and for those who want to be found.
  case seoCrawler = "seo_crawler"
  /// A program of somebody's that fetches pages.
  case httpLibrary = "http_library"
  /// A browser that is run by a program.
  case headless
  /// Watches whether a site is up and how fast.
  case monitor
  /// Fetches feeds and podcasts.
  case feedReader = "feed_reader"
  /// Fetches a page somebody has linked to, to show what it is about.
  case socialPreview = "social_preview"
  /// Looks for weaknesses.
  case scanner
  /// Keeps copies.
  case archiver
  /// Any other robot.
  case otherBot = "other_bot"

  /// The name stored and shown.
  public var name: String { rawValue }
}

/// A line of a chunk whose request was a robot's, told by its user agent.
public struct BotLine: Equatable, Sendable {
  /// The index of the line within its chunk.
  public var line: Int32
  /// What kind of robot it was.
  public var kind: BotClass

  /// Makes an entry.
  public init(line: Int32, kind: BotClass) {
    self.line = line
    self.kind = kind
  }
}

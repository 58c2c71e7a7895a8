/// What robots come for. Their names are stored and displayed, and never change. docs/robots.md explains each.
public enum BotClass: String, CaseIterable, Sendable {
  /// Indexes the web for a search engine.
  case searchEngine = "search_engine"
  /// Collects texts that language models are trained on.
  case aiTraining = "ai_training"
  /// Indexes pages for answers of an assistant.
  case aiSearch = "ai_search"
  /// Fetches a page because a person has just asked an assistant.
  case aiUser = "ai_user"
  /// Is a program that a language model directs, or one that fetches for it.
  case aiAgent = "ai_agent"
  /// Works for a language model, in one of the ways above; which one is unknown.
  case aiCrawler = "ai_crawler"
  /// Analyses sites for advertisers and for search engine optimisation.
  case seoCrawler = "seo_crawler"
  /// A program or script that fetches pages.
  case httpLibrary = "http_library"
  /// A tool of developers that fetches code or packages.
  case devTool = "dev_tool"
  /// Downloads files.
  case downloader
  /// Plays sound or film.
  case mediaPlayer = "media_player"
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

  /// Whether the robot works for a language model.
  public var isOfAI: Bool {
    switch self {
    case .aiTraining, .aiSearch, .aiUser, .aiAgent, .aiCrawler: true
    default: false
    }
  }

  /// The name as stored and displayed.
  public var name: String { rawValue }
}

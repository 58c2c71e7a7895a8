/// What may be kept of a user agent.
public struct Client: Hashable, Sendable {
  /// The browser's name, for example `Chrome Mobile`; `Other` where unknown.
  public var browser: String
  /// The browser's major version, or empty.
  public var browserVersion: String
  /// The operating system's name, for example `Android`; `Other` where unknown.
  public var system: String
  /// The system's version as far as it is real (see ``HonestVersion``), or empty.
  public var systemVersion: String
  /// The kind of device.
  public var device: DeviceType

  /// The client of an agent that tells nothing.
  public static let unknown = Client(
    browser: "Other", browserVersion: "", system: "Other", systemVersion: "", device: .other)
}

/// Kinds of devices. The names are stored and shown.
public enum DeviceType: String, CaseIterable, Sendable {
  /// A phone.
  case mobile
  /// A tablet.
  case tablet
  /// A desktop or laptop computer.
  case desktop
  /// A television set or a box beside it.
  case tv
  /// A game console.
  case console
  /// A watch, glasses.
  case wearable
  /// Anything else, or unknown.
  case other

  /// The name stored and shown.
  public var name: String { rawValue }
}

/// Kinds of robots. The names are stored and shown.
public enum BotClass: String, CaseIterable, Sendable {
  /// Indexes the web for a search engine.
  case searchEngine = "search_engine"
  /// Gathers texts for, or answers on behalf of, a language model.
  case aiCrawler = "ai_crawler"
  /// Measures sites for advertisers.
  case seoCrawler = "seo_crawler"
  /// A program of somebody's that fetches pages.
  case httpLibrary = "http_library"
  /// A browser that is run by a program.
  case headless
  /// Watches whether a site is up.
  case monitor
  /// Fetches feeds.
  case feedReader = "feed_reader"
  /// Fetches a page somebody has linked to.
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

/// What the rules say of a user agent.
public enum Judgement: Hashable, Sendable {
  /// It is a robot's.
  case bot(BotClass)
  /// It is a person's.
  case client(Client)
}

/// A request of a robot with nothing personal in it. It is never a visitor's.
public struct RobotRequest: Hashable, Sendable {
  /// The index of the line within its chunk.
  public var line: Int32
  /// The site's id in the database.
  public var site: UInt32
  /// The site's local date, in days since 1970-01-01.
  public var day: Int32
  /// Name, operator, class and identity of the robot together, among ``HitBatch/robots``.
  public var robot: UInt32
  /// The pathname, among ``HitBatch/pages``.
  public var page: UInt32
  /// What it fetched.
  public var thing: FetchedThing
  /// What it was answered.
  public var answer: AnswerKind
  /// Bytes sent; 0 if the log does not contain them.
  public var bytes: Int64

  /// Creates a request with the given values.
  public init(
    line: Int32, site: UInt32, day: Int32, robot: UInt32, page: UInt32, thing: FetchedThing, answer: AnswerKind,
    bytes: Int64
  ) {
    self.line = line
    self.site = site
    self.day = day
    self.robot = robot
    self.page = page
    self.thing = thing
    self.answer = answer
    self.bytes = bytes
  }
}

/// A feed reader's request for a feed, which tells how many people read the feed.
public struct FeedRequest: Hashable, Sendable {
  /// The index of the line within its chunk.
  public var line: Int32
  /// The site's id in the database.
  public var site: UInt32
  /// The site's local date, in days since 1970-01-01.
  public var day: Int32
  /// Name, operator, class and identity of the reader together, among ``HitBatch/robots``.
  public var robot: UInt32
  /// The feed's pathname, among ``HitBatch/pages``.
  public var page: UInt32
  /// Who reads.
  public var reader: FeedReader

  /// Creates a request with the given values.
  public init(line: Int32, site: UInt32, day: Int32, robot: UInt32, page: UInt32, reader: FeedReader) {
    self.line = line
    self.site = site
    self.day = day
    self.robot = robot
    self.page = page
    self.reader = reader
  }
}

/// Who reads a feed: a program of one person, or an aggregator that says how many people it fetches for.
public struct FeedReader: Hashable, Sendable {
  /// For a program, its visitor on this site and day; for an aggregator, a hash of the id it has given the feed.
  public var id: UInt64
  /// The number of subscribers that an aggregator says it has; 0 for a program.
  public var subscribers: UInt32

  /// Creates a reader.
  public init(id: UInt64, subscribers: UInt32) {
    self.id = id
    self.subscribers = subscribers
  }
}

/// What a robot knows itself by. The names are stored and displayed, and never change.
public enum RobotIdentity: String, CaseIterable, Sendable {
  /// Its user agent says so; anybody can send it.
  case claimed
  /// Its address is one of those that the operator publishes.
  case verified
  /// Its user agent says so, but its address is not one of those that the operator publishes.
  case forged
  /// The request names its operator in a signature, which was not checked.
  case signed
  /// Its address is on the operator's own list of networks, which does not say whose they are.
  case listed
}

/// Kinds of things that robots fetch. Raw values are stored and never change, and neither do the names.
public enum FetchedThing: UInt8, CaseIterable, Sendable {
  /// A page.
  case page = 0
  /// A document, such as a PDF file.
  case document = 1
  /// A feed.
  case feed = 2
  /// `/robots.txt`.
  case robotsTxt = 3
  /// `/llms.txt` and similar, and pages as Markdown.
  case llmsTxt = 4
  /// A part of a page, or any other file.
  case asset = 5
  /// An interface for programs.
  case api = 6

  /// The name as displayed.
  public var name: String {
    switch self {
    case .page: "page"
    case .document: "document"
    case .feed: "feed"
    case .robotsTxt: "robots.txt"
    case .llmsTxt: "llms.txt"
    case .asset: "asset"
    case .api: "api"
    }
  }
}

/// Kinds of answers. Raw values are stored and never change, and neither do the names.
public enum AnswerKind: UInt8, CaseIterable, Sendable {
  /// 200–299.
  case ok = 0
  /// 304.
  case notModified = 1
  /// Other statuses of 300–399.
  case redirect = 2
  /// 401 and 403.
  case refused = 3
  /// 402: pay first.
  case payment = 4
  /// 404 and 410.
  case missing = 5
  /// 429: too many requests.
  case limited = 6
  /// 500–599.
  case error = 7
  /// Any other status, or none.
  case other = 8

  /// The kind of a status.
  public init(status: Int) {
    self =
      switch status {
      case 200...299: .ok
      case 304: .notModified
      case 300...399: .redirect
      case 401, 403: .refused
      case 402: .payment
      case 404, 410: .missing
      case 429: .limited
      case 500...599: .error
      default: .other
      }
  }

  /// The name as displayed.
  public var name: String {
    switch self {
    case .ok: "ok"
    case .notModified: "not_modified"
    case .redirect: "redirect"
    case .refused: "refused"
    case .payment: "payment"
    case .missing: "missing"
    case .limited: "limited"
    case .error: "error"
    case .other: "other"
    }
  }
}

import Hits

/// What robots did on a site over a period: values only, ready to be rendered.
public struct RobotReport: Sendable {
  /// A robot.
  public struct Robot: Equatable, Sendable {
    /// The name.
    public var name: String
    /// Who runs it; empty if unknown.
    public var `operator`: String
    /// The name of its class.
    public var kind: String
    /// The name of its identity.
    public var identity: String
    /// The number of requests.
    public var requests: Int64 = 0
    /// The bytes sent to it.
    public var bytes: Int64 = 0
    /// Its requests by what it fetched.
    public var things: [String: Int64] = [:]
    /// Its requests by what it was answered.
    public var answers: [String: Int64] = [:]
    /// The first day of the period on which it came.
    public var first: Int32
    /// The last day of the period on which it came.
    public var last: Int32

    /// The requests that it was refused, or that found nothing or failed.
    public var failures: Int64 {
      Self.failed.reduce(0) { $0 + (answers[$1.name] ?? 0) }
    }

    private static let failed: [AnswerKind] = [.refused, .payment, .missing, .limited, .error]
  }

  /// What an operator's language models did, and the visits that came of it.
  public struct Operator: Equatable, Sendable {
    /// The name; empty if unknown.
    public var name: String
    /// Requests by ``AIPurpose``.
    public var requests: [AIPurpose: Int64] = [:]
    /// Visits that came from its assistants.
    public var visits: Int64 = 0
    /// All requests, by the steps of the trend.
    public var trend: [Int64]

    /// All requests.
    public var total: Int64 { requests.values.reduce(0, +) }
  }

  /// A page with the requests, or the visitors, that the list is about.
  public struct Page: Equatable, Sendable {
    /// The pathname.
    public var page: String
    /// What was answered; empty if the list is not about answers.
    public var answer = ""
    /// Requests or visitors.
    public var count: Int64
  }

  /// A feed and those who read it with one program or aggregator.
  public struct Feed: Equatable, Sendable {
    /// The feed's pathname.
    public var page: String
    /// The program or aggregator.
    public var reader: String
    /// The number of readers on the day with most of them.
    public var readers: Int64 = 0
    /// The number of requests.
    public var requests: Int64 = 0
  }

  /// One step of the trend.
  public struct Step: Equatable, Sendable {
    /// The start of the step, as in ``Report/TrendPoint``.
    public var label: String
    /// Requests by what they were for.
    public var requests: [AIPurpose: Int64] = [:]
  }

  /// A list of which only the first rows are kept.
  public struct List<Row: Sendable>: Sendable {
    /// The first rows.
    public var rows: [Row] = []
    /// The number of all rows.
    public var values = 0

    /// Creates an empty list.
    public init() {}

    /// Keeps the first rows.
    init(_ all: [Row], limit: Int) {
      rows = Array(all.prefix(limit))
      values = all.count
    }
  }

  /// The robot that the report is about; nil for all.
  public var only: String?
  /// The robots, most requests first.
  public var robots = List<Robot>()
  /// The requests of all of them.
  public var requests: Int64 = 0
  /// The bytes sent to all of them.
  public var bytes: Int64 = 0
  /// The operators of language models, most requests first; the first of them.
  public var operators: [Operator] = []
  /// The requests for language models, step by step; empty if there were none.
  public var trend: [Step] = []
  /// The pages that assistants fetched for people, most requests first.
  public var asked = List<Page>()
  /// The answers to assistants that did not help: dead links told to people.
  public var broken = List<Page>()
  /// The pages that people viewed and no assistant fetched; visitors.
  public var unfetched = List<Page>()
  /// The pages that assistants fetched and nobody viewed; requests.
  public var unviewed = List<Page>()
  /// The feeds, most readers first.
  public var feeds = List<Feed>()

  /// Creates a report without robots.
  public init() {}

  /// Whether no robot came.
  public var isEmpty: Bool { robots.rows.isEmpty && feeds.rows.isEmpty }
}

/// What requests for a language model are for, in the order from training to people.
public enum AIPurpose: String, CaseIterable, Sendable {
  /// Texts to train on.
  case training = "ai_training"
  /// An index for answers.
  case search = "ai_search"
  /// A question that a person has just asked.
  case user = "ai_user"
  /// A program that a model directs.
  case agent = "ai_agent"
  /// Unknown.
  case other = "ai_crawler"

  /// The name that people see.
  public var title: String {
    switch self {
    case .training: "trained on"
    case .search: "indexed"
    case .user: "asked for"
    case .agent: "agents"
    case .other: "other"
    }
  }

  /// Whether it serves somebody who is waiting, or soon will be.
  var isOfAssistants: Bool { self == .search || self == .user || self == .agent }
}

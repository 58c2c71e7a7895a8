import Hits

/// The user agents in logs that no rule knows by name, by shape.
public struct AgentSurvey: Sendable {
  /// What the rules make of the agents of a shape.
  public enum Verdict: Hashable, Sendable {
    /// A person's, with the names of browser and system.
    case person(browser: String, system: String)
    /// A robot's.
    case robot(BotClass)

    /// The verdict in words.
    public var text: String {
      switch self {
      case .person(let browser, let system): browser + " on " + system
      case .robot(let kind): kind.name
      }
    }
  }

  /// The agents of one shape.
  public struct Row: Sendable {
    /// The shape (`UserAgents/AgentShape`).
    public var shape: String
    /// What the rules make of them.
    public var verdict: Verdict
    /// The number of lines.
    public var requests = 0
    /// The number of lines that are page views by method, path and status, if a person sent them.
    public var pageviews = 0
  }

  /// The number of lines that match their format.
  public var lines = 0
  /// The number of lines that name no user agent.
  public var linesWithoutAgent = 0
  /// The number of lines with agents that were not examined, because ``mostAgents`` others came before.
  public var linesNotExamined = 0
  /// The agents of people whose browser is unknown, most requests first.
  public var people: [Row] = []
  /// The agents of robots that are in no list, most requests first.
  public var robots: [Row] = []
  /// Whether all files could be read completely.
  public var isComplete = true

  /// How many distinct agents are examined.
  public static let mostAgents = 100_000
}

import Hits

/// Why a user agent is a robot's.
public struct RobotReason: Equatable, Sendable {
  /// Where the rules for robots come from.
  public enum Source: Equatable, Sendable {
    /// The operator's own list (`--bot-rules`).
    case ownList
    /// The patterns of crawler-user-agents.
    case crawlerUserAgents
    /// The rules of uap-core for devices.
    case uapCore
    /// Footfall's own rules.
    case footfall
  }

  /// The class of the robot.
  public let kind: BotClass
  /// Whose rule matched.
  public let source: Source
  /// The regular expression that matched; nil if the agent has none of the texts that browsers have.
  public let pattern: String?

  /// How much of a pattern a description shows: some are lists of many names.
  private static let longestPattern = 60

  /// Source and rule, on one line.
  public var description: String {
    let source =
      switch source {
      case .ownList: "your list"
      case .crawlerUserAgents: "crawler-user-agents"
      case .uapCore: "uap-core"
      case .footfall: "Footfall"
      }
    let rule = pattern ?? "it names no platform of a browser"
    let isLong = rule.count > Self.longestPattern
    return "by \(source): " + (isLong ? rule.prefix(Self.longestPattern) + "…" : rule)
  }
}

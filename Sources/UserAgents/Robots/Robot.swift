import Hits

/// What a user agent says of the robot that sends it. Nothing of it identifies a person.
public struct Robot: Hashable, Sendable {
  /// The name, for example `GPTBot`; ``unnamed`` if the agent contains none.
  public var name: String
  /// Who runs it, or the host of the page that explains it; empty if unknown.
  public var `operator`: String
  /// What it comes for.
  public var kind: BotClass
  /// For an aggregator of feeds, how many people it says it fetches for.
  public var subscribers: Subscribers?

  /// What an aggregator says of a feed.
  public struct Subscribers: Hashable, Sendable {
    /// The number of subscribers.
    public var count: UInt32
    /// The id of the feed among the aggregator's feeds; empty if it gives none.
    public var feed: String
  }

  /// The name of a robot whose agent contains no name.
  public static let unnamed = "(unnamed)"
  /// The robot that sends no user agent.
  public static let withoutAgent = Robot(name: "(none)", operator: "", kind: .otherBot)
  /// The robot of which only the address is known.
  public static let listed = Robot(name: "(listed address)", operator: "", kind: .otherBot)

  /// Creates a robot.
  public init(name: String, operator: String, kind: BotClass, subscribers: Subscribers? = nil) {
    self.name = name
    self.operator = `operator`
    self.kind = kind
    self.subscribers = subscribers
  }
}

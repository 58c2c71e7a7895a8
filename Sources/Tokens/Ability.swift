/// What a token allows. The names are those of the collect API's contract.
public enum Ability: String, CaseIterable, Sendable {
  /// Sending page views and events.
  case collectWrite = "collect:write"
  /// Reading statistics.
  case statsRead = "stats:read"
}

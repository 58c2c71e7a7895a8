import Hits

/// A regular expression and what a match of it means.
struct AgentRule: Equatable, Sendable {
  /// What a match of the rule means.
  enum Meaning: Equatable, Sendable {
    /// The browser, by ``BrowserPatterns`` or uap-core.
    case browser
    /// The operating system, by ``BrowserPatterns`` or uap-core.
    case system
    /// The device, by uap-core.
    case device
    /// A robot.
    case bot(BotClass)
    /// A token that indicates the kind of device.
    case deviceToken(DeviceTokens.Token)
  }

  var meaning: Meaning
  var pattern: String
  var ignoresCase = false
  /// The replacements of the groups, field by field; nil for the group itself. `$1` to `$9` refer to groups.
  var replacements: [String?] = []
  /// Where a rule for robots comes from.
  var source = RobotReason.Source.footfall
}

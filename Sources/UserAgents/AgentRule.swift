/// One regular expression with what it stands for.
struct AgentRule: Equatable, Sendable {
  /// What a match of the rule tells.
  enum Meaning: Equatable, Sendable {
    /// The browser, by uap-core.
    case browser
    /// The operating system, by uap-core.
    case system
    /// The device, by uap-core.
    case device
    /// That it is a robot.
    case bot(BotClass)
    /// A token that tells the kind of device.
    case deviceToken
  }

  var meaning: Meaning
  var pattern: String
  var ignoresCase = false
  /// What to put in the place of the groups, field by field; nil for the group itself. `$1` to `$9` stand for groups.
  var replacements: [String?] = []
}

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

  /// Whether the rule matches wherever its pattern occurs, in upper or lower case. Then the prefilter alone decides.
  var isPlainText: Bool {
    ignoresCase && pattern.utf8.count >= LiteralExtractor.shortestText && pattern.utf8.allSatisfy(Self.isPlain)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "-"): true
    case UInt8(ascii: "_"), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "@"): true
    default: false
    }
  }
}

/// The layout of a line, compiled into the steps that ``LineParser`` walks.
///
/// Presets and the texts of servers' configurations end in this one form, so that there is one parser for all.
public struct LogFormat: Equatable, Sendable {
  /// One thing to read from a line.
  public enum Step: Equatable, Sendable {
    /// The host before the client, as in `example.com:443 192.0.2.1 …`.
    case host
    /// The client: a word, or a list of words joined by `, `.
    case address
    /// A word that is not kept.
    case word
    /// The user, who may hold blanks: everything before the time.
    case user
    /// The time in brackets.
    case time
    /// The quoted request; its end is the quote before a status, so that quotes within may stand unescaped.
    case request
    /// Three digits, or `-`.
    case status
    /// Digits, or `-`; numbers after it (durations, sizes) are passed over.
    case size
    /// The quoted referrer, or a bare `-`. The line may end before it.
    case referrer
    /// The quoted user agent, or a bare `-`. The line may end before it; what follows it is passed over.
    case userAgent
    /// Nothing may follow.
    case end
  }

  /// The name on the command line and in messages.
  public let name: String
  let steps: [Step]

  /// Apache's `common`: `%h %l %u %t "%r" %>s %b`.
  public static let common = LogFormat(name: "common", steps: prefix + [.end])
  /// nginx's and Apache's `combined`: common with referrer and user agent.
  public static let combined = LogFormat(name: "combined", steps: prefix + [.referrer, .userAgent])
  /// Common with the virtual host in front.
  public static let vhostCommon = LogFormat(name: "vhost_common", steps: [.host] + prefix + [.end])
  /// Debian's Apache `vhost_combined`: `%v:%p` before combined.
  public static let vhostCombined = LogFormat(
    name: "vhost_combined", steps: [.host] + prefix + [.referrer, .userAgent])

  /// All formats known by name, the likelier ones first.
  public static let presets = [combined, vhostCombined, common, vhostCommon]

  /// The preset of that name.
  public static func named(_ name: String) -> LogFormat? {
    presets.first { $0.name == name }
  }

  /// Whether lines tell the host they were sent to.
  public var hasHost: Bool { steps.contains(.host) }

  private static let prefix: [Step] = [.address, .word, .user, .time, .request, .status, .size]
}

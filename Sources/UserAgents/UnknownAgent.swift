/// A user agent that no rule knows by name, with what the rules make of it.
public enum UnknownAgent: Hashable, Sendable {
  /// A person's: no rule knows the browser, or it does not begin as agents of that browser do.
  case person(Client)
  /// A robot's: only a rule for what robots have in common has found it, and no directory names it.
  case robot(Robot)
}

extension UserAgentParser {
  /// Returns what the rules make of an agent that none of them knows by name; nil for a known one.
  ///
  /// - Precondition: the agent is neither empty nor `-`.
  public func unknown(_ agent: Span<UInt8>) -> UnknownAgent? {
    switch judge(agent) {
    case .client(let client):
      return client.browser == Client.unknown.browser || !Self.begins(agent, as: client.browser) ? .person(client) : nil
    case .bot(let robot):
      guard reason(agent)?.source == .footfall, RobotDirectory.standard.robot(named: robot.name) == nil else {
        return nil
      }
      return .robot(robot)
    }
  }

  /// Whether an agent begins as browsers' agents do: as Mozilla or Opera, or with the browser's own name.
  private static func begins(_ agent: Span<UInt8>, as browser: String) -> Bool {
    let own = browser.prefix { $0 != " " }
    return (usualBeginnings + [String(own)]).contains { text in
      begins(agent, with: Array(text.lowercased().utf8))
    }
  }

  private static func begins(_ agent: Span<UInt8>, with text: [UInt8]) -> Bool {
    guard !text.isEmpty, text.count <= agent.count else { return false }
    for (index, byte) in text.enumerated() {
      let own = agent[index]
      guard byte == (own >= 0x41 && own <= 0x5A ? own | 0x20 : own) else { return false }
    }
    return true
  }

  /// Beginnings of browsers' agents. Emacs names the library first.
  private static let usualBeginnings = ["Mozilla/", "Opera/", "URL/Emacs"]
}

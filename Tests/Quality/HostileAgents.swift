import UserAgents

/// User agents that cost as much as possible: of the maximum length, and made of the texts that rules look for.
enum HostileAgents {
  static let all: [[UInt8]] = {
    let pairs = parts.flatMap { first in parts.map { first + $0 } }
    var agents = (parts + pairs).map {
      cut(String(repeating: $0, count: UserAgentParser.longestAgent / $0.utf8.count + 1))
    }
    var generator = Linear(state: 12)
    for _ in 0..<500 {
      let mixed = (0..<600).map { _ in parts[Int(generator.next() % UInt64(parts.count))] }
      // User agents of people pass through all rules, those of robots only through the rules for robots.
      agents.append(cut("Mozilla/5.0 (Linux; Android 9; " + mixed.joined()))
    }
    return agents
  }()

  private static let parts = [
    "Mozilla/5.0 (", "Windows NT 10.0; ", "Android ", "; ", "Chrome/1", "(", "a", "aA1 ", "/1.2.3.4", "Mobile ",
    "Linux; ",
    "Safari/537.36 ", "SAMSUNG-", "Nokia", "iPhone", "Build/", "tv ", "_-", "Version/9", "HTC", "LG-", "SM-", "Opera ",
    "1.",
    " ", "-", ")", ";;", "Xx", "Touch",
  ]

  private static func cut(_ text: String) -> [UInt8] { Array(text.utf8.prefix(UserAgentParser.longestAgent)) }

  /// A generator that always returns the same numbers: Knuth's MMIX.
  private struct Linear {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}

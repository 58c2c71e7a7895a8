import ByteScanning

/// Removes system versions that browsers no longer report truthfully.
///
/// - Windows: frozen at 10 since Windows 11 (Chromium's and Firefox's user-agent reduction).
/// - macOS: frozen at 10.15(.7), by all browsers.
/// - Android: reduced Chrome says `Android 10; K` on every phone.
/// - Chrome OS: frozen at 14541 (Chromium's user-agent reduction).
/// - iOS and iPadOS: Safari 26 freezes the system at 18. The system's real version is Safari's, from `Version/`.
struct FrozenVersion {
  private let isReducedAndroid: Bool
  private let safariMajor: Int?

  init(agent: Span<UInt8>) {
    isReducedAndroid = Self.firstIndex(of: Self.reduced, in: agent) != nil
    safariMajor = Self.firstIndex(of: Self.version, in: agent).flatMap { start in
      var value = 0
      var index = start + Self.version.count
      while index < agent.count, agent[index] >= 0x30, agent[index] <= 0x39, value < 1_000 {
        value = value * 10 + Int(agent[index] - 0x30)
        index += 1
      }
      return value == 0 ? nil : value
    }
  }

  /// Returns the version of a system to store, from what the rules found; empty if it is not real.
  func system(_ family: String, major: String?, minor: String?) -> String {
    guard let major else { return "" }
    switch family {
    case "Windows": return major == "10" ? "" : major
    case "Mac OS X":
      guard major == "10", let minor, let number = Int(minor), number < 15 else { return "" }
      return major + "." + minor
    case "Chrome OS": return major == "14541" ? "" : major
    case "Android": return isReducedAndroid ? "" : major
    case "iOS":
      if let safariMajor, safariMajor >= 26 { return String(safariMajor) }
      return major
    default: return major
    }
  }

  private static let reduced = Array("Android 10; K)".utf8)
  private static let version = Array("Version/".utf8)

  private static func firstIndex(of text: [UInt8], in agent: Span<UInt8>) -> Int? {
    var index = 0
    while index < agent.count {
      index = ByteSearch.firstIndex(of: text[0], in: agent, from: index, to: agent.count)
      if ByteSearch.matches(text, in: agent, at: index, before: agent.count) { return index }
      index += 1
    }
    return nil
  }
}

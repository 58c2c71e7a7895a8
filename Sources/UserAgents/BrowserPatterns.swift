/// Footfall's own rules for browsers and systems that uap-core does not know or takes for others. They come before its
/// rules, so the first match is ours.
enum BrowserPatterns {
  static let rules: [AgentRule] = browsers.map { rule(.browser, $0) } + systems.map { rule(.system, $0) }

  /// The name and a pattern with the version's parts as groups.
  private static let browsers = [
    // w3m, Emacs and Falkon: as the versions in Debian 12 send it. NetSurf: NETSURF_UA_FORMAT_STRING of its sources.
    (name: "w3m", pattern: #"^w3m/(\d+)(?:\.(\d+))?"#),
    (name: "NetSurf", pattern: #"\bNetSurf/(\d+)(?:\.(\d+))?"#),
    (name: "Emacs", pattern: #"^URL/Emacs Emacs/(\d+)(?:\.(\d+))?"#),
    (name: "Falkon", pattern: #"\bFalkon/(\d+)(?:\.(\d+))?"#),
    // WebKitGTK and WPE send Safari's agent on X11, with a version of their own: Epiphany and others on Linux.
    (
      name: "WebKitGTK",
      pattern: #"\(X11;[^)]*\) AppleWebKit/[\d.]+ \(KHTML, like Gecko\) Version/(\d+)(?:\.(\d+))?\S* Safari/"#
    ),
  ]

  private static let systems = [
    // Huawei, "Default User-Agent" of ArkWeb: Phone, Tablet or PC, and OpenHarmony with its version. HarmonyOS before NEXT is
    // based on Android, and its agent names both.
    (name: "OpenHarmony", pattern: #"\bOpenHarmony[ /](\d+)(?:\.(\d+))?"#),
    (name: "HarmonyOS", pattern: #"\bHarmonyOS\s*[;)]"#),
  ]

  private static func rule(_ meaning: AgentRule.Meaning, _ entry: (name: String, pattern: String)) -> AgentRule {
    AgentRule(meaning: meaning, pattern: entry.pattern, replacements: [entry.name, "$1", "$2"])
  }
}

/// A key of the configuration file: the flag of the same name, without its dashes, or what a command works on.
public struct ConfigKey: Sendable, Equatable {
  /// The kind of value of a key.
  public enum Kind: Sendable, Equatable {
    /// A text.
    case text
    /// The path of a file or folder; a relative one starts at the folder of the configuration file.
    case path
    /// A whole number.
    case integer
    /// A number.
    case number
    /// `true` to give the flag, `false` to omit it.
    case flag
    /// Texts; each gives the flag once.
    case list
    /// One or several paths, as in ``path``; each gives the flag once.
    case paths
    /// Names, each with a path as in ``path``: `Googlebot=googlebot.json`; each gives the flag once.
    case namedPaths
    /// One or several paths, as in ``path``, that a command works on if the command line names none; no flag.
    case operands

    /// The name of the kind in messages.
    var description: String {
      switch self {
      case .text, .path: "a text in quotes"
      case .integer: "a whole number"
      case .number: "a number"
      case .flag: "true or false"
      case .list, .paths, .namedPaths, .operands: "a list of texts, as in [\"one\", \"two\"]"
      }
    }
  }

  /// The name.
  public let name: String
  /// The kind of its value.
  public let kind: Kind
  /// The commands that have the flag; those of two words are joined by a blank.
  public let commands: [String]
  /// Flags that cannot be combined with this one; if one is on the command line, this key is ignored.
  public let rivals: [String]

  private init(_ name: String, _ kind: Kind, _ commands: [String], rivals: [String] = []) {
    self.name = name
    self.rivals = rivals
    self.kind = kind
    self.commands = commands
  }
}

extension ConfigKey {
  /// The commands that count log lines.
  private static let counting = ["import", "explain", "rebuild", "map"]
  /// The commands that classify user agents.
  private static let judging = counting + ["collect"]
  /// The commands that select log lines.
  private static let choosing = counting + ["convert"]
  /// The commands that choose lines or days by time.
  private static let choosingTime = [
    "import", "collect", "convert", "explain", "map", "report", "robots", "coverage", "export",
  ]
  /// The commands that name pages.
  private static let naming = choosing + ["collect", "serve", "paths", "redact"]
  /// The commands that read log lines.
  private static let reading = choosing + ["formats", "robots", "paths"]
  /// The commands that change a database.
  private static let writing = [
    "import", "import-stats", "collect", "sites add", "sites change", "undo", "seal", "rebuild", "redact", "prune",
    "vacuum",
    "merge-stats", "job-key", "merge", "tokens create", "tokens revoke", "serve",
  ]
  /// The commands that show the contents of a database.
  private static let showing = [
    "explain", "convert", "report", "robots", "status", "sites", "sites list", "imports", "coverage", "export", "dump",
    "doctor", "tokens", "tokens list",
  ]

  /// The commands that read logs and do nothing else without a path.
  private static let readingAnyLogs = ["import", "paths"]

  /// All keys; this is the only place that makes a flag a key. Flags for a single run of a command, such as
  /// `--day`, are not keys.
  public static let all: [ConfigKey] = [
    ConfigKey("db", .path, writing + showing),
    ConfigKey("wait", .number, writing),
    ConfigKey("quiet", .flag, ["import", "import-stats", "collect", "rebuild", "export", "merge", "send", "doctor"]),
    ConfigKey(
      "json", .flag,
      [
        "import", "import-stats", "collect", "explain", "report", "robots", "status", "sites", "sites list", "imports",
        "seal",
        "redact", "formats", "coverage", "tokens", "tokens list", "send", "paths", "doctor",
      ]),
    ConfigKey("keep", .text, ["prune"], rivals: ["before"]),
    ConfigKey("fail-on-gap", .flag, ["coverage"]),
    ConfigKey("yes", .flag, ["undo", "rebuild", "redact", "prune", "merge"]),
    ConfigKey(
      "site", .text,
      [
        "import", "import-stats", "convert", "explain", "rebuild", "job-key", "report", "robots", "seal", "coverage",
        "prune", "export",
        "paths",
      ]),
    ConfigKey("logs", .operands, readingAnyLogs),
    ConfigKey("create-sites", .flag, ["import", "import-stats"]),
    ConfigKey("timezone", .text, ["import", "import-stats", "explain", "report", "sites add", "job-key"]),
    ConfigKey("format", .text, reading),
    ConfigKey("nginx-conf", .path, reading),
    ConfigKey("apache-conf", .path, reading),
    ConfigKey("log-timezone", .text, reading),
    ConfigKey("trusted-proxy", .list, reading + ["serve"]),
    ConfigKey("missing-agent", .text, reading),
    ConfigKey(
      "since", .text, choosingTime, rivals: ["period"]),
    ConfigKey("period", .text, choosingTime, rivals: ["since", "until"]),
    ConfigKey(
      "until", .text,
      [
        "import", "import-stats", "collect", "convert", "explain", "map", "report", "robots", "seal", "coverage",
        "export",
      ], rivals: ["period"]),
    ConfigKey("exclude", .list, choosing + ["collect"]),
    ConfigKey("include", .list, choosing + ["collect"]),
    ConfigKey("pageview", .list, choosing),
    ConfigKey("assets", .text, choosing),
    ConfigKey("event", .list, choosing),
    ConfigKey("path", .list, naming),
    ConfigKey("path-case", .text, naming),
    ConfigKey("path-slash", .text, naming),
    ConfigKey("path-index", .text, naming),
    ConfigKey("keep-query", .list, naming),
    ConfigKey("redact", .text, naming + ["import-stats"]),
    ConfigKey("geo", .paths, ["import", "collect", "explain", "map", "serve"]),
    ConfigKey("bot-addresses", .paths, judging + ["serve"]),
    ConfigKey("robot-addresses", .namedPaths, judging + ["serve"]),
    ConfigKey("suspect-networks", .paths, judging + ["serve"]),
    ConfigKey("data", .path, judging + ["serve", "robots", "doctor"]),
    ConfigKey("bot-rules", .path, judging + ["serve", "robots"]),
    ConfigKey("referrer-spam", .path, judging + ["serve"]),
    ConfigKey("workers", .integer, ["import", "collect", "map"]),
    ConfigKey("to", .text, ["send"]),
    ConfigKey("token-file", .path, ["send"]),
    ConfigKey("connections", .integer, ["send"]),
    ConfigKey("tries", .integer, ["send"]),
    ConfigKey("host", .text, ["serve"]),
    ConfigKey("port", .integer, ["serve"]),
    ConfigKey("require-token", .flag, ["serve"]),
    ConfigKey("final", .flag, ["import", "collect"]),
    ConfigKey("overlap", .text, ["import", "collect"]),
    ConfigKey("reread", .flag, ["import", "collect"]),
    ConfigKey("max-reject-rate", .number, ["import", "collect", "map"]),
    ConfigKey("rejects", .path, ["import", "collect"]),
    ConfigKey("seal-after", .text, ["import", "collect", "status", "seal", "serve", "doctor"]),
    ConfigKey("seal", .flag, ["import", "collect"]),
    ConfigKey("behaviour", .text, ["sites add"]),
    ConfigKey("limit", .integer, ["report", "explain", "robots", "paths"]),
    ConfigKey("filter", .list, ["report"]),
    ConfigKey("interval", .text, ["report"]),
    ConfigKey("compare", .text, ["report"]),
    ConfigKey("html", .path, ["report"]),
    ConfigKey("coverage-html", .path, ["report"]),
    ConfigKey("csv", .flag, ["report"]),
  ]

  /// The commands that may have their own table; its keys apply to them only.
  static let tables = Set(all.flatMap(\.commands)).filter { !$0.contains(" ") && $0 != "sites" && $0 != "tokens" }
}

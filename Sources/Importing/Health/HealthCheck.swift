/// The result of one check of an installation.
public struct HealthCheck: Sendable {
  /// How bad it is.
  public enum Level: String, Sendable, Comparable {
    /// Nothing to do.
    case ok
    /// Counting goes on, but somebody should look at it.
    case warning
    /// Lines are not counted, or will not be.
    case problem

    /// Compares levels by how bad they are.
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .ok: 0
      case .warning: 1
      case .problem: 2
      }
    }
  }

  /// What is checked, in one word.
  public var name: String
  /// How bad the result is.
  public var level: Level
  /// What was found; no address, user agent or text of a log.
  public var text: String
  /// What to do about it; nil if there is nothing to do.
  public var advice: String?

  /// Creates a result.
  public init(_ name: String, _ level: Level, _ text: String, advice: String? = nil) {
    self.name = name
    self.level = level
    self.text = text
    self.advice = advice
  }

  static func ok(_ name: String, _ text: String) -> HealthCheck { HealthCheck(name, .ok, text) }

  static func warning(_ name: String, _ text: String, _ advice: String) -> HealthCheck {
    HealthCheck(name, .warning, text, advice: advice)
  }

  static func problem(_ name: String, _ text: String, _ advice: String) -> HealthCheck {
    HealthCheck(name, .problem, text, advice: advice)
  }
}

/// What is checked.
public struct HealthOptions: Sendable {
  /// The path of the database.
  public var database: String
  /// The logs that imports read, as paths, globs and folders.
  public var logs: [String] = []
  /// The geo files that imports use; empty for those that the database remembers.
  public var geo: [String] = []
  /// The folder of rules; nil for the default places.
  public var data: String?
  /// Whether the database is compared with itself in full.
  public var isThorough = false
  /// How long a day stays open after it is over and untouched, in seconds.
  public var sealDelay: Int64
  /// The current time, in Unix seconds.
  public var now: Int64

  /// Bundles what must be known.
  public init(database: String, sealDelay: Int64, now: Int64) {
    self.database = database
    self.sealDelay = sealDelay
    self.now = now
  }
}

/// Checks everything that counting depends on. Nothing is changed.
public enum Health {
  /// Returns the results, in the order in which they should be looked at.
  public static func checks(_ options: HealthOptions) -> [HealthCheck] {
    let files = FileHealth(options)
    let database = DatabaseHealth(options)
    return files.user + files.logs + files.disk + database.checks + database.vault
      + RuleHealth(options, remembered: database.rememberedGeo).checks
  }
}

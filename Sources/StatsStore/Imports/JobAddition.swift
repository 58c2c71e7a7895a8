import Hits
import Ledger
import Rollups

/// A file that a job has read.
public struct JobFile: Sendable {
  /// An hour of a site's day.
  public struct Hour: Hashable, Sendable {
    /// The site's id.
    public var site: UInt32
    /// Days since 1970-01-01.
    public var day: Int32
    /// The hour on the site's clock, 0–23.
    public var hour: Int

    /// Makes an hour.
    public init(site: UInt32, day: Int32, hour: Int) {
      self.site = site
      self.day = day
      self.hour = hour
    }
  }

  /// The name as given.
  public var name: String
  /// The format it was read in.
  public var format: String
  /// How its lines ended.
  public var outcomes: [OutcomeKey: Int] = [:]
  /// How many lines new to their day each hour has.
  public var hours: [Hour: Int] = [:]
  /// The blocks of its lines in order.
  public var blocks: [BlockName] = []

  /// A file without lines.
  public init(name: String, format: String) {
    self.name = name
    self.format = format
  }
}

/// A day that a job has counted.
public struct JobDay: Sendable {
  /// The site's id.
  public var site: UInt32
  /// The site's main host.
  public var host: String
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32
  /// Its statistics.
  public var statistics: DayStatistics
  /// The rules by which robots were told by their behaviour.
  public var behaviour: String

  /// Bundles what was counted.
  public init(site: UInt32, host: String, day: Int32, statistics: DayStatistics, behaviour: String) {
    self.site = site
    self.host = host
    self.day = day
    self.statistics = statistics
    self.behaviour = behaviour
  }
}

/// All that a job brings into a database.
public struct JobAddition: Sendable {
  /// The days, each once.
  public var days: [JobDay]
  /// The files they were counted from.
  public var files: [JobFile]
  /// Whether days that are there already are replaced.
  public var replaces: Bool
  /// The version of the program.
  public var version: String
  /// When merging began, in Unix seconds.
  public var startedAt: Int64

  /// Bundles what a job brings.
  public init(days: [JobDay], files: [JobFile], replaces: Bool, version: String, startedAt: Int64) {
    self.days = days
    self.files = files
    self.replaces = replaces
    self.version = version
    self.startedAt = startedAt
  }
}

/// What a job changes.
public struct JobEffect: Sendable {
  /// A day and its counts.
  public struct Day: Sendable {
    /// The site's main host.
    public var host: String
    /// Days since 1970-01-01.
    public var day: Int32
    /// What it has now; nil where it is new.
    public var old: Counts?
    /// What it gets.
    public var new: Counts
  }

  /// The days in order.
  public var days: [Day]
  /// How many files were read.
  public var files: Int
  /// How their lines ended.
  public var outcomes: OutcomeCounts
}

/// Why a job cannot be merged; nothing was changed.
public enum JobConflict: Error, Equatable, CustomStringConvertible {
  /// Days have hits or statistics already, or are sealed.
  case daysTaken(host: String, days: [Int32], isSealed: Bool)
  /// Lines of a file are known from an import, or from another job.
  case linesKnown(file: String)
  /// Two files of the job have the same lines.
  case sameLines(file: String, other: String)

  /// What, why and what to do, in one line.
  public var description: String {
    switch self {
    case .daysTaken(let host, let days, let isSealed):
      "\(host): \(DayName.name(days[0])) \(isSealed ? "is sealed" : "has hits") already\(days.count == 1 ? "" : ", the first of \(days.count) such days"); visitors of one day cannot be told apart in sums, so replace whole days with --replace, from all of their logs"
    case .linesKnown(let file):
      "\(file): lines of it are imported already; leave it out, or undo the import that brought them"
    case .sameLines(let file, let other):
      "\(file): lines of it stand in \(other), too; give each line to the job once"
    }
  }
}

extension DayStatistics {
  /// The statistics of a day whose visitors were counted elsewhere.
  ///
  /// - Parameters:
  ///   - part: all visitors; nil where there are none.
  ///   - robots: requests of robots by class.
  public init(_ part: PartialDay?, robots: [BotClass: Int]) {
    self.init()
    for (value, counts) in part?.rows(cap: StatsStore.valuesPerDay, other: DayTexts.otherText) ?? [] {
      let isNumber = value.dimension == .total || value.dimension == .hour
      aggregates.append(
        Aggregate(
          dimension: Int(value.dimension.rawValue), number: isNumber ? Int64(value.text) ?? 0 : nil,
          text: isNumber ? nil : value.text, counts: counts.measures))
    }
    for (kind, requests) in robots {
      aggregates.append(
        Aggregate(
          dimension: Int(Dimension.robotClass.rawValue), number: nil, text: kind.name,
          counts: [Int64(requests), 0, 0, 0, 0]))
    }
    cells = (part?.cubeCells ?? []).map { Cell(texts: $0.texts, counts: $0.measures) }
  }
}

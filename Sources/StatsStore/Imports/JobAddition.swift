import ByteScanning
import Hits
import Ledger
import Rollups

/// A file that a job read.
public struct JobFile: Sendable {
  /// An hour of a site's day.
  public struct Hour: Hashable, Sendable {
    /// The site's id.
    public var site: UInt32
    /// Days since 1970-01-01.
    public var day: Int32
    /// The hour on the site's clock, 0–23.
    public var hour: Int

    /// Creates an hour.
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
  /// The outcomes of its lines.
  public var outcomes: [OutcomeKey: Int] = [:]
  /// The number of lines new to their day, by hour.
  public var hours: [Hour: Int] = [:]
  /// The blocks of its lines in order.
  public var blocks: [BlockName] = []

  /// Creates a file without lines.
  public init(name: String, format: String) {
    self.name = name
    self.format = format
  }
}

/// A day that a job counted.
public struct JobDay: Sendable {
  /// The site's id.
  public var site: UInt32
  /// The site's main host.
  public var host: String
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32
  /// Its statistics.
  public var statistics: DayStatistics
  /// The rules by which robots were detected by their behaviour.
  public var behaviour: String

  /// Bundles the values.
  public init(site: UInt32, host: String, day: Int32, statistics: DayStatistics, behaviour: String) {
    self.site = site
    self.host = host
    self.day = day
    self.statistics = statistics
    self.behaviour = behaviour
  }
}

/// Everything that a job adds to a database.
public struct JobAddition: Sendable {
  /// The days, each once.
  public var days: [JobDay]
  /// The files they were counted from.
  public var files: [JobFile]
  /// Whether existing days are replaced.
  public var replaces: Bool
  /// The version of the program.
  public var version: String
  /// When merging began, in Unix seconds.
  public var startedAt: Int64

  /// Bundles the values.
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
    /// Its current counts; nil if it is new.
    public var old: Counts?
    /// Its new counts.
    public var new: Counts
  }

  /// The days in order.
  public var days: [Day]
  /// The number of files that were read.
  public var files: Int
  /// The outcomes of their lines.
  public var outcomes: OutcomeCounts
}

/// The reason why a job cannot be merged. Nothing was changed.
public enum JobConflict: Error, Equatable, CustomStringConvertible {
  /// Days already have hits or statistics, or are sealed.
  case daysTaken(host: String, days: [Int32], isSealed: Bool)
  /// Lines of a file are known from an import, or from another job.
  case linesKnown(file: String)
  /// Two files of the job have the same lines.
  case sameLines(file: String, other: String)

  /// The problem, its reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .daysTaken(let host, let days, let isSealed):
      "\(host): \(DayName.name(days[0])) \(isSealed ? "is already sealed" : "already has hits")\(days.count == 1 ? "" : " (the first of \(days.count) such days)"); the visitors of a day cannot be distinguished once they are summed up, so replace whole days with --replace, from all of their logs"
    case .linesKnown(let file):
      "\(file): some of its lines are already imported; remove it from the job, or undo the import that added them"
    case .sameLines(let file, let other):
      "\(file): some of its lines are also in \(other); give each line to the job only once"
    }
  }
}

extension DayStatistics {
  /// Creates the statistics of a day whose visitors were counted elsewhere.
  ///
  /// - Parameters:
  ///   - part: all visitors; nil if there are none.
  ///   - robots: the requests of robots.
  public init(_ part: PartialDay?, robots: RobotRollup) {
    self.init()
    let sums = part?.sums(
      cap: StatsStore.valuesPerDay, cubeCap: StatsStore.pagesPerCube, other: DayTexts.otherText)
    peopleLoad = sums?.peopleLoad ?? false
    for (value, counts) in sums?.rows ?? [] {
      let isNumber = value.dimension == .total || value.dimension == .hour
      aggregates.append(
        Aggregate(
          dimension: Int(value.dimension.rawValue), number: isNumber ? Int64(value.text) ?? 0 : nil,
          text: isNumber ? nil : value.text, counts: counts.measures))
    }
    robots.forEachRow(other: DayTexts.otherText) { dimension, value, counts in
      aggregates.append(
        Aggregate(
          dimension: Int(dimension.rawValue), number: nil,
          text: String(decoding: ByteCopy.bytes(value, 0..<value.count), as: UTF8.self), counts: counts.measures))
    }
    cells = (sums?.cells ?? []).map { Cell(cube: $0.cell.cube, texts: $0.cell.texts, numbers: $0.numbers) }
  }
}

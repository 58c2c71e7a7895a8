import Hits
import StatsStore

/// The imported lines of a site over a period, hour by hour, and what seems to be missing: values only.
public struct Coverage: Sendable {
  /// One day.
  public struct Day: Equatable, Sendable {
    /// The day, in days since 1970-01-01.
    public var day: Int32
    /// Whether the day is open, sealed or pruned; nil if none of its lines was counted.
    public var state: DayCoverage.State?
    /// The lines of each hour 0–23; nil for an hour that the clock skips.
    public var hours: [Int?]
    /// The hours that are part of a gap.
    public var missingHours: [Int] = []
    /// The number of lines that had already been imported.
    public var known: Int
    /// The number of lines that came after the day was sealed.
    public var late: Int

    /// The lines of all hours.
    public var lines: Int { hours.reduce(0) { $0 + ($1 ?? 0) } }
  }

  /// Consecutive hours without lines that should have had some.
  public struct Gap: Equatable, Sendable {
    /// The day of its first hour.
    public var firstDay: Int32
    /// Its first hour.
    public var firstHour: Int
    /// The day of its last hour.
    public var lastDay: Int32
    /// Its last hour.
    public var lastHour: Int
    /// The number of its hours.
    public var hours: Int
    /// The number of expected lines, estimated from the same hours of neighbouring days.
    public var expectedLines: Int
  }

  /// The site.
  public var site: SiteProfile
  /// All days of the period, in order; empty if nothing was imported.
  public var days: [Day] = []
  /// What seems to be missing, in order.
  public var gaps: [Gap] = []
}

/// The coverage of some sites, and of the files that their lines came from.
public struct CoverageReport: Sendable {
  /// The sites, by host.
  public var sites: [Coverage]
  /// Files that were incomplete, or had malformed lines, when they were last read.
  public var files: [FileCoverage]
  /// Imports that have not finished and that no finished import follows.
  public var unfinishedImports: [Int64]

  /// Whether anything seems to be missing.
  public var hasGaps: Bool { sites.contains { !$0.gaps.isEmpty } }
}

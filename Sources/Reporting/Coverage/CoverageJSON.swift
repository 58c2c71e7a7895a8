import Hits
import StatsStore

/// Coverage as one JSON object; docs/cli.md documents the keys, which only ever grow.
public enum CoverageJSON {
  /// Returns the text of the object, with a line end.
  public static func text(of report: CoverageReport) throws -> String {
    try JSONText.of(Document(report))
  }

  private struct Document: Encodable {
    var sites: [Site]
    var files: [File]
    var unfinished_imports: [Int64]

    init(_ report: CoverageReport) {
      sites = report.sites.map(Site.init)
      files = report.files.map(File.init)
      unfinished_imports = report.unfinishedImports
    }
  }

  private struct Site: Encodable {
    var site: String
    var timezone: String
    var since: String?
    var until: String?
    var days: [Day]
    var gaps: [Gap]

    init(_ coverage: Coverage) {
      site = coverage.site.host
      timezone = coverage.site.timeZone
      since = coverage.days.first.map { DayName.name($0.day) }
      until = coverage.days.last.map { DayName.name($0.day) }
      days = coverage.days.map(Day.init)
      gaps = coverage.gaps.map(Gap.init)
    }
  }

  private struct Day: Encodable {
    var day: String
    var state: String?
    var lines: Int
    /// Null for an hour that the clock skips.
    var hours: [Int?]
    var missing_hours: [Int]
    var known_again: Int
    var late: Int

    init(_ day: Coverage.Day) {
      self.day = DayName.name(day.day)
      state = day.state?.rawValue
      lines = day.lines
      hours = day.hours
      missing_hours = day.missingHours
      known_again = day.known
      late = day.late
    }
  }

  private struct Gap: Encodable {
    var from: String
    var to: String
    var hours: Int
    var expected_lines: Int

    init(_ gap: Coverage.Gap) {
      from = gap.start
      to = gap.end
      hours = gap.hours
      expected_lines = gap.expectedLines
    }
  }

  private struct File: Encodable {
    var `import`: Int64
    var name: String
    var format: String
    var problem: String?
    var lines: Int
    var rejected: Int

    init(_ file: FileCoverage) {
      `import` = file.importID
      name = file.name
      format = file.format
      problem = file.problem
      lines = file.lines
      rejected = file.rejected
    }
  }
}

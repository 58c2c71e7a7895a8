import Hits
import StatsStore

/// Coverage for the terminal: a calendar of hours, or of days if the period is longer than a month.
public struct CoverageText {
  private let style: TextStyle

  /// Creates a renderer; colours are for terminals only.
  public init(isColoured: Bool) {
    style = TextStyle(isColoured: isColoured)
  }

  /// Returns all sites, then the files with problems and the unfinished imports.
  public func text(of report: CoverageReport) -> String {
    let blocks = report.sites.map(site) + [files(report.files), imports(report.unfinishedImports)]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func site(_ coverage: Coverage) -> String {
    guard let first = coverage.days.first, let last = coverage.days.last else {
      return style.title("\(coverage.site.host) · \(coverage.site.timeZone)") + "\nnothing imported yet\n"
    }
    let count = coverage.days.count == 1 ? "1 day" : "\(NumberText.grouped(coverage.days.count)) days"
    let period = DayName.name(first.day) + (first == last ? "" : " to " + DayName.name(last.day))
    let heading = [coverage.site.host, period, count, coverage.site.timeZone].joined(separator: " · ")
    let calendar = coverage.days.count > 31 ? months(coverage) : hours(coverage)
    return style.title(heading) + "\n\n" + calendar + "\n" + gaps(coverage.gaps)
  }

  /// Returns a row for each day, with a sign for each hour.
  private func hours(_ coverage: Coverage) -> String {
    let most = coverage.days.flatMap(\.hours).compactMap { $0 }.max() ?? 0
    let rows = coverage.days.map { day in
      let signs = day.hours.indices.map { hour in
        guard let lines = day.hours[hour] else { return " " }
        return day.missingHours.contains(hour) ? "!" : sign(lines, of: most, day.state)
      }
      return "  " + DayName.name(day.day) + "  " + style.bar(signs.joined()) + numbers(day.lines, day.known, day.late)
    }
    return head("Lines by hour", "0     6     12    18    ") + rows.map { $0 + "\n" }.joined()
  }

  /// Returns a row for each month, with a sign for each day.
  private func months(_ coverage: Coverage) -> String {
    let most = coverage.days.map(\.lines).max() ?? 0
    let months = Dictionary(grouping: coverage.days) { String(DayName.name($0.day).prefix(7)) }
    let rows = months.sorted { $0.key < $1.key }.map { month, days in
      let before = String(repeating: " ", count: DayName.civil(days[0].day).day - 1)
      let signs = days.map { $0.missingHours.isEmpty ? sign($0.lines, of: most, $0.state) : "!" }.joined()
      let after = String(repeating: " ", count: max(0, 31 - before.count - days.count))
      let sums = [\Coverage.Day.lines, \.known, \.late].map { sum in days.reduce(0) { $0 + $1[keyPath: sum] } }
      return "  \(month)     " + style.bar(before + signs + after) + numbers(sums[0], sums[1], sums[2])
    }
    return head("Lines by day", "1      8      15     22     29 ") + rows.map { $0 + "\n" }.joined()
  }

  private func head(_ title: String, _ scale: String) -> String {
    let columns = ["lines", "deduplicated", "late"].map { TextTable.right($0, 13) }.joined()
    return style.strong(TerminalText.fitted(title, columns: 14)) + style.faint(scale + columns) + "\n"
  }

  private func numbers(_ lines: Int, _ known: Int, _ late: Int) -> String {
    [lines, known, late].map { TextTable.right(NumberText.grouped($0), 13) }.joined()
  }

  /// Returns the sign for the lines of an hour or a day, relative to the most that one of them has.
  private func sign(_ lines: Int, of most: Int, _ state: DayCoverage.State?) -> String {
    if state == .pruned { return "-" }
    guard lines > 0 else { return "·" }
    let signs = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return signs[min(signs.count - 1, lines * signs.count / max(1, most))]
  }

  private func gaps(_ gaps: [Coverage.Gap]) -> String {
    guard !gaps.isEmpty else { return "no gaps\n" }
    let rows = gaps.map { gap in
      let hours = gap.hours == 1 ? "1 hour" : "\(NumberText.grouped(gap.hours)) hours"
      return "  \(gap.start) to \(gap.end)  \(hours) without lines, about "
        + "\(NumberText.grouped(gap.expectedLines)) lines expected\n"
    }
    return style.strong("Gaps") + "\n" + rows.joined()
  }

  private func files(_ files: [FileCoverage]) -> String {
    guard !files.isEmpty else { return "" }
    let rows = files.map { file in
      let share = Double(file.rejected) / Double(max(1, file.lines))
      let rejected =
        file.rejected == 0
        ? ""
        : "\(NumberText.grouped(file.rejected)) of \(NumberText.grouped(file.lines)) lines "
          + "(\(NumberText.percent(share))) do not match the format \(file.format)"
      let text = [file.problem ?? "", rejected].filter { !$0.isEmpty }.joined(separator: "; ")
      return "  import \(file.importID)  \(TerminalText.printable(file.name))  \(text)\n"
    }
    return style.strong("Files that were damaged, skipped or partly malformed when last read") + "\n" + rows.joined()
  }

  private func imports(_ imports: [Int64]) -> String {
    guard !imports.isEmpty else { return "" }
    let list = imports.map(String.init).joined(separator: ", ")
    return "import \(list) is running or was interrupted; if it was interrupted, run it again\n"
  }
}

extension Coverage.Gap {
  /// The start of its first hour: `2026-11-11 03:00`.
  public var start: String { Self.text(firstDay, firstHour) }
  /// The end of its last hour: `2026-11-11 24:00` at midnight.
  public var end: String { Self.text(lastDay, lastHour + 1) }

  private static func text(_ day: Int32, _ hour: Int) -> String {
    DayName.name(day) + (hour < 10 ? " 0\(hour):00" : " \(hour):00")
  }
}

import Hits
import StatsStore

/// Coverage as a self-contained HTML page: calendars, gaps and files with problems.
public enum CoveragePage {
  /// The maximum number of gaps, or files, in a list; the others are only counted.
  static let longestList = 200

  /// Returns the whole document.
  ///
  /// - Parameter up: the address of the report, relative to this page; nil if there is no report.
  public static func document(of report: CoverageReport, up: String? = nil) -> String {
    Page.document(title: "Coverage · Footfall") {
      HTML.element("header") {
        HTML.element("div", [.class("title")]) {
          if let up { HTML.element("a", [.class("up"), HTMLAttribute("href", up)]) { "Report" } }
          HTML.element("h1") { "Coverage" }
          HTML.element("p") { summary(report) }
        }
      }
      HTML.element("main") {
        if report.sites.isEmpty { HTML.element("p", [.class("empty")]) { "No sites yet." } }
        report.sites.map { site($0, of: report.sites.count) }
        files(report.files)
        imports(report.unfinishedImports)
      }
      HTML.element("footer") {
        HTML.element("p") {
          "Lines are all lines that were imported for a day, including those of robots and images; each counts once. "
            + "A gap is a run of hours without lines in which, judging by the same hours of other days, so many visits "
            + "were expected that chance cannot explain their absence."
        }
      }
    }.source
  }

  private static func summary(_ report: CoverageReport) -> String {
    let gaps = report.sites.reduce(0) { $0 + $1.gaps.count }
    return count(report.sites.count, "site") + " · " + (gaps == 0 ? "no gaps" : count(gaps, "gap"))
  }

  private static func site(_ coverage: Coverage, of sites: Int) -> HTML {
    .element("section", [.class("group"), .id(coverage.site.trackingID), .label(coverage.site.host)]) {
      HTML.element("h2") {
        PageText.value(coverage.site.host)
        HTML.element("span", [.class("count")]) { " " + period(coverage) }
      }
      if !coverage.days.isEmpty {
        HTML.element("div", [.class("stack")]) {
          CoverageCalendar(coverage: coverage, sites: sites).html
          gaps(coverage.gaps)
        }
      }
    }
  }

  private static func period(_ coverage: Coverage) -> String {
    guard let first = coverage.days.first, let last = coverage.days.last else { return "nothing imported yet" }
    return PeriodText.days(first.day...last.day) + " · " + coverage.site.timeZone
  }

  private static func gaps(_ gaps: [Coverage.Gap]) -> HTML {
    guard !gaps.isEmpty else { return .element("p", [.class("note")]) { "No gaps." } }
    return list(
      "Gaps", ["From", "To"], ["hours", "lines expected"],
      gaps.map { gap in
        ([gap.start, gap.end], [NumberText.grouped(gap.hours), "about " + NumberText.grouped(gap.expectedLines)])
      })
  }

  private static func files(_ files: [FileCoverage]) -> HTML {
    guard !files.isEmpty else { return .empty }
    return .element("section", [.class("group")]) {
      HTML.element("h2") { "Files" }
      list(
        "Damaged, skipped or partly malformed when last read", ["File", "Problem"],
        ["import", "lines", "malformed"],
        files.map { file in
          (
            [file.name, file.problem ?? "some lines do not match the format \(file.format)"],
            ["\(file.importID)", NumberText.grouped(file.lines), NumberText.grouped(file.rejected)]
          )
        })
    }
  }

  private static func imports(_ imports: [Int64]) -> HTML {
    guard !imports.isEmpty else { return .empty }
    return .element("p", [.class("note")]) {
      "Import " + imports.map(String.init).joined(separator: ", ")
        + " is running or was interrupted; if it was interrupted, run it again."
    }
  }

  /// Returns a panel with a table of texts and numbers.
  private static func list(
    _ title: String, _ texts: [String], _ numbers: [String], _ rows: [(texts: [String], numbers: [String])]
  ) -> HTML {
    .element("section", [.class("panel")]) {
      HTML.element("h3") { title }
      HTML.element("div", [.class("scroll"), HTMLAttribute("tabindex", "0")]) {
        HTML.element("table", [.class("plain"), .label(title)]) {
          HTML.element("thead") {
            HTML.element("tr") {
              texts.map { name in HTML.element("th", [HTMLAttribute("scope", "col")]) { name } }
              numbers.map { name in
                HTML.element("th", [HTMLAttribute("scope", "col"), .class("number")]) { name }
              }
            }
          }
          HTML.element("tbody") { rows.prefix(longestList).map(row) }
        }
      }
      if rows.count > longestList {
        HTML.element("p", [.class("note")]) { "and \(NumberText.grouped(rows.count - longestList)) more" }
      }
    }
  }

  private static func row(_ row: (texts: [String], numbers: [String])) -> HTML {
    .element("tr") {
      row.texts.map { text in HTML.element("td") { PageText.value(text) } }
      row.numbers.map { number in HTML.element("td", [.class("number")]) { number } }
    }
  }

  private static func count(_ number: Int, _ name: String) -> String {
    NumberText.grouped(number) + " " + name + (number == 1 ? "" : "s")
  }
}

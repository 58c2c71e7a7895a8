import Foundation
import Hits
import Rollups
@testable import StatsStore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportPageTests {
  /// Counts the elements of a page by name.
  static func elements(_ page: String) -> [String: Int] {
    let names = page.matches(of: /<([a-zA-Z!\/?][^\s>]*)/).map { String($0.output.1) }
    return Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test func hostileValuesMakeNoElement() {
    var plain = HostileReport.report()
    for index in plain.sections.indices {
      for row in plain.sections[index].rows.indices { plain.sections[index].rows[row].value = "x" }
    }
    plain.site.host = "example.com"
    plain.site.timeZone = "UTC"
    let expected = Self.elements(ReportPage.document(of: plain))
    let hostile = Self.elements(ReportPage.document(of: HostileReport.report()))
    // Fewer rows fit if values are long; everything else is the same.
    #expect(Set(hostile.keys) == Set(expected.keys))
    for name in ["script", "style", "title", "h1", "main", "table", "meta", "a"] {
      #expect(hostile[name] == expected[name], "\(name)")
    }
    #expect(expected["script"] == 1)
  }

  @Test func pagesNameNothingOutside() {
    let page = ReportPage.document(of: HostileReport.report(rows: 0), index: "index.html")
    #expect(
      !page.contains("//") || page.matches(of: /https?:\/\/|src=|url\((?!#)/).allSatisfy { page[$0.range] == "http://" }
    )
    #expect(
      page.components(separatedBy: "http://").count == page.components(separatedBy: "http://www.w3.org/2000/svg").count)
  }

  /// Whatever a log contains, a page stays below a million bytes: long values, all lists full, the longest trend.
  @Test func pagesAreSmall() {
    var report = HostileReport.report(rows: 5_000, valuesLongerBy: 200)
    report.trend = (0..<TrendInterval.mostSteps).map {
      .init(label: DayName.name(Int32($0)) + " 23:00", counts: report.total)
    }
    report.comparison = Comparison(
      with: .year, days: 20_000...20_006, total: report.total, trend: report.trend, isComplete: true)
    report.quality.gaps = (0..<5_000).map { Int32($0 * 3)...Int32($0 * 3 + 1) }
    let page = ReportPage.document(of: report)
    #expect(page.utf8.count < 1_000_000)
    #expect(page.utf8.count > 500_000)
  }

  /// Each cell is below its column header, even on narrow screens, which hide the column of shares. Each table has a
  /// label for readers who do not see the heading above it.
  @Test func tablesAreWhole() {
    let page = ReportPage.document(of: HostileReport.report(rows: 3))
    let tables = page.components(separatedBy: "<table").dropFirst()
    #expect(tables.count > 20)
    for table in tables.map({ $0.components(separatedBy: "</table>")[0] }) {
      let rows = table.components(separatedBy: "<tr").dropFirst().map { row in
        row.matches(of: /<t[dh]([^>]*)>/).map { $0.output.1.contains("share") }
      }
      #expect(Set(rows).count == 1)
      #expect(table.prefix { $0 != ">" }.contains(" aria-label=\""))
    }
  }

  @Test func dataQualityLeadsToCoverage() {
    let report = HostileReport.report(rows: 0)
    #expect(!ReportPage.document(of: report).contains("coverage.html"))
    var coverage = Coverage(site: report.site)
    for (gaps, text) in [(0, "no gaps"), (1, "1 gap"), (1_200, "1,200 gaps")] {
      coverage.gaps = Array(
        repeating: Coverage.Gap(firstDay: 0, firstHour: 0, lastDay: 0, lastHour: 0, hours: 1, expectedLines: 9),
        count: gaps)
      let page = ReportPage.document(of: report, coverage: CoverageLink(page: "coverage.html", coverage))
      #expect(page.contains("<a href=\"coverage.html#gx_23456789ABCD\">Lines by hour: \(text)</a>"))
    }
    let page = CoveragePage.document(
      of: CoverageReport(sites: [coverage], files: [], unfinishedImports: []), up: "r.html")
    #expect(page.contains("id=\"gx_23456789ABCD\"") && page.contains("href=\"r.html\""))
  }

  @Test(arguments: [
    ([10, 20, 30], 100, 100), ([10, 50, 60], 100, 45), ([100, 100], 100, 50), ([], 100, 100), ([99, 1], 100, 100),
    ([1, 1, 1, 500], 100, 97),
  ])
  func shortListsLeaveRoomForLongOnes(_ sizes: [Int], _ sum: Int, _ share: Int) {
    #expect(ReportPage.fairShare(of: sum, among: sizes) == share)
    #expect(sizes.reduce(0) { $0 + min($1, share) } <= sum)
  }

  /// If only one list is long, it gets nearly all of the room.
  @Test func aLongListIsLong() {
    var report = HostileReport.report(rows: 3)
    let rows = (0..<10_000).map { SiteStatistics.Row(value: "/page/\($0)", counts: report.total) }
    report.sections[0] = Report.Section(dimension: .page, rows: rows, values: rows.count)
    let page = ReportPage.document(of: report)
    #expect(page.components(separatedBy: "<bdi>/page/").count > 1_500)
    #expect(page.utf8.count < 700_000)
  }

  @Test func aPageWithoutDataSaysSo() {
    let site = HostileReport.report().site
    #expect(ReportPage.document(of: Report(site: site)).contains("Nothing counted yet."))
    var empty = Report(site: site)
    empty.days = 30_000...30_001
    empty.daysWithData = 20_766...20_772
    #expect(ReportPage.document(of: empty).contains("there is data from 9–15 Nov 2026"))
  }
}

/// Pages in a real browser, which decides what is markup.
@Suite(.enabled(if: Browser.isThere, "needs chromium, as make test installs it"))
struct HostilePageTests {
  @Test func nothingRunsAndNothingIsFetched() async throws {
    let seen = try await Browser.open(ReportPage.document(of: HostileReport.report()))
    let elements = ReportPageTests.elements(seen.document)
    #expect(elements["script"] == 1)
    #expect(["img", "iframe", "object", "base", "form", "template", "math"].allSatisfy { elements[$0] == nil })
    #expect(seen.document.matches(of: /<[a-z]+[^>]* on[a-z]+=/).isEmpty)
    #expect(!seen.network.contains("canary.invalid"))
    #expect(seen.network.contains("file://"), "the browser wrote no log of its requests")
    #expect(!seen.messages.contains("owned"))
    #expect(!seen.messages.contains("Content Security Policy"))
    // Our own script ran: the policy allows it, and no value broke it.
    #expect(seen.document.contains("<button type=\"button\" class=\"all\">Show "))
  }

  @Test func indexPagesAreInert() async throws {
    let pages = HostileReport.values.map { value in
      var report = HostileReport.report(rows: 0)
      report.site.host = value
      return (report: report, address: "report-\(value).html")
    }
    let seen = try await Browser.open(IndexPage.document(of: pages))
    #expect(ReportPageTests.elements(seen.document)["script"] == 1)
    #expect(!seen.network.contains("canary.invalid"))
    #expect(!seen.messages.contains("owned"))
  }

  @Test func coveragePagesAreInert() async throws {
    let sites = HostileReport.values.map { value in
      var coverage = Coverage(site: HostileReport.report(rows: 0).site)
      coverage.site.host = value
      coverage.days = [
        Coverage.Day(day: 20_766, state: nil, hours: [nil, 0] + [Int?](repeating: 7, count: 22), known: 0, late: 0)
      ]
      return coverage
    }
    let files = HostileReport.values.map { value in
      FileCoverage(importID: 1, name: value, format: value, problem: value, lines: 2, rejected: 1)
    }
    let page = CoveragePage.document(of: CoverageReport(sites: sites, files: files, unfinishedImports: [7]))
    let seen = try await Browser.open(page)
    let elements = ReportPageTests.elements(seen.document)
    #expect(elements["script"] == 1)
    #expect(["img", "iframe", "object", "base", "form"].allSatisfy { elements[$0] == nil })
    #expect(!seen.network.contains("canary.invalid"))
    #expect(!seen.messages.contains("owned"))
    #expect(!seen.messages.contains("Content Security Policy"))
  }

  /// The test can fail: it would notice code that runs, fetched resources and violations of the policy.
  @Test func whatAttacksWouldDoIsSeen() async throws {
    let attack = "<!doctype html><script>console.log('owned')</script><img src='http://canary.invalid/x'>"
    let seen = try await Browser.open(attack)
    #expect(seen.messages.contains("owned"))
    #expect(seen.network.contains("canary.invalid"))
    let policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    #expect(try await Browser.open(policy + attack).messages.contains("Content Security Policy"))
  }
}

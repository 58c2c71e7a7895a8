import Foundation
import Hits

/// The JSON report of GoAccess (`--output=report.json`).
///
/// Source: reports that GoAccess 1.7 wrote. The lists end after 366 rows unless it ran with `--max-items`, though their
/// totals are of all. Hosts, users and keyphrases are not read in.
enum GoAccessReport {
  private struct Report: Decodable {
    var general: General
    var visitors: Panel?
    var requests: Panel?
    var static_requests: Panel?
    var not_found: Panel?
    var os: Panel?
    var browsers: Panel?
    var visit_time: Panel?
    var vhosts: Panel?
    var referrers: Panel?
    var referring_sites: Panel?
    var geolocation: Panel?
    var status_codes: Panel?
    var mime_type: Panel?
    var tls_type: Panel?
  }

  private struct General: Decodable {
    var start_date: String
    var end_date: String
    var date_time: String
    var total_requests: Int64
    var valid_requests: Int64?
    var failed_requests: Int64?
    var unique_visitors: Int64
    var excluded_hits: Int64?
    var bandwidth: Int64?
  }

  private struct Panel: Decodable {
    struct Metadata: Decodable {
      struct Count: Decodable {
        struct Total: Decodable { var value: Int64 }
        var total: Total
      }
      var data: Count?
    }
    var metadata: Metadata?
    var data: [Row]
  }

  private struct Row: Decodable {
    struct Count: Decodable { var count: Int64 }
    var hits: Count
    var visitors: Count?
    var bytes: Count?
    var data: String
    var items: [Row]?
  }

  /// Whether bytes look like a report.
  static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
    let text = PeerText.text(head.prefix(400))
    return text.hasPrefix("{") && text.contains("\"general\"") && text.contains("\"start_date\"")
  }

  static func read(_ bytes: [UInt8], _ texts: PeerTexts) throws(PeerFileError) -> PeerFile {
    let report: Report
    do {
      report = try JSONDecoder().decode(Report.self, from: Data(PeerText.text(bytes[...]).utf8))
    } catch {
      throw PeerFileError(
        "no whole JSON report of GoAccess: the file is cut off, or of another program; write it again")
    }
    let general = report.general
    guard let first = date(general.start_date), let last = date(general.end_date), first <= last,
      let visitors = report.visitors
    else { throw PeerFileError("the report has no period: general.start_date and general.end_date are no dates") }
    var reader = ReportReader(texts: texts, first: first)
    reader.addTotals(general)
    try reader.addDays(visitors, within: first...last)
    for (panel, dimension, kind) in panels(of: report) { reader.add(panel, dimension, kind) }
    let part = reader.builder.part(
      first...last, state: Int64(general.date_time.prefix(19).filter(\.isNumber)) ?? 0,
      size: general.total_requests)
    return PeerFile(parts: [part], remarks: reader.remarks)
  }

  private enum Kind {
    case value
    case page
    case referrer
  }

  private static func panels(of report: Report) -> [(Panel, String, Kind)] {
    let panels: [(Panel?, String, Kind)] = [
      (report.requests, "page", .page), (report.static_requests, "static_file", .page),
      (report.not_found, "not_found", .page), (report.os, "os", .value), (report.browsers, "browser", .value),
      (report.visit_time, "hour", .value), (report.vhosts, "vhost", .value), (report.referrers, "referrer", .referrer),
      (report.referring_sites, "referring_site", .referrer), (report.geolocation, "continent", .value),
      (report.status_codes, "status", .value), (report.mime_type, "mime_type", .value),
      (report.tls_type, "tls", .value),
    ]
    return panels.compactMap { panel, dimension, kind in panel.map { ($0, dimension, kind) } }
  }

  /// Returns the day of `01/Jan/2024` (GoAccess's `general`), or of `20240101` (its lists).
  private static func date(_ text: String) -> Int32? {
    if let number = Int64(text) { return PeerDate.day(number) }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split(separator: "/")
    guard parts.count == 3, let day = Int64(parts[0]), let year = Int64(parts[2]),
      let month = months.firstIndex(of: String(parts[1]))
    else { return nil }
    return PeerDate.day(year * 10_000 + Int64(month + 1) * 100 + day)
  }

  private struct ReportReader {
    let texts: PeerTexts
    let first: Int32
    var builder = PartBuilder(.goaccess)
    var remarks: [String] = []

    mutating func addTotals(_ general: General) {
      let totals: [(String, Int64?)] = [
        ("hits", general.total_requests), ("visitors", general.unique_visitors), ("bytes", general.bandwidth),
        ("valid_requests", general.valid_requests), ("failed_requests", general.failed_requests),
        ("excluded_hits", general.excluded_hits),
      ]
      for (measure, number) in totals {
        if let number { builder.add(number, measure, .whole, first) }
      }
    }

    mutating func addDays(_ panel: Panel, within period: ClosedRange<Int32>) throws(PeerFileError) {
      noteMissing(panel, "day", "the oldest days")
      var seen: Set<Int32> = []
      for row in panel.data {
        guard let day = GoAccessReport.date(row.data), period.contains(day) else {
          throw PeerFileError("a day of the list visitors is outside of the report's period")
        }
        guard seen.insert(day).inserted else {
          throw PeerFileError("\(DayName.name(day)) is twice in the list visitors: the file is damaged; write it again")
        }
        for (measure, number) in numbers(row) { builder.add(number, measure, .day, day) }
      }
    }

    mutating func add(_ panel: Panel, _ dimension: String, _ kind: Kind) {
      noteMissing(panel, dimension, "the rest")
      // Groups, such as all versions of a browser, hold their members.
      let rows = panel.data.flatMap { dimension == "status" ? $0.items ?? [$0] : [$0] }
      for row in rows {
        let value =
          switch kind {
          case .value: texts.value(row.data, in: dimension)
          case .page: texts.page(row.data)
          case .referrer: row.data == "-" ? "" : texts.referrer(row.data)
          }
        for (measure, number) in numbers(row) { builder.add(number, measure, of: value, in: dimension, .whole, first) }
      }
    }

    private func numbers(_ row: Row) -> [(String, Int64)] {
      [("hits", row.hits.count), ("visitors", row.visitors?.count ?? 0), ("bytes", row.bytes?.count ?? 0)]
    }

    private mutating func noteMissing(_ panel: Panel, _ what: String, _ missing: String) {
      // The total of a list with groups is that of their members.
      let rows = panel.data.reduce(0) { $0 + max(1, $1.items?.count ?? 0) }
      guard let total = panel.metadata?.data?.total.value, total > Int64(rows) else { return }
      builder.add([("rows", Int64(rows)), ("rows_counted", total)], of: what, in: PastRow.cutList, .whole, first)
      remarks.append(
        "list \(what): \(rows) of \(total) rows; GoAccess left out \(missing), so write the report with --max-items=\(total)"
      )
    }
  }
}

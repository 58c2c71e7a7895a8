import Foundation
import Hits
import Importing
import Reporting

/// Reports as HTML files: one page, or an index of all sites with one page for each next to it.
///
/// Each file is replaced atomically, so readers always see a whole page.
struct HTMLFiles {
  private let path: String

  /// - Parameter path: the path of the page, or of the index.
  init(at path: String) {
    self.path = path
  }

  /// Writes the pages.
  ///
  /// - Parameter coverage: the path of the coverage page in the same folder, and its report; nil for no such page.
  func write(_ reports: [Report], coverage: (path: String, report: CoverageReport)? = nil) throws {
    if let coverage {
      try write(CoveragePage.document(of: coverage.report, up: Self.name(path)), to: coverage.path)
    }
    // Without a data folder, pages have no map.
    let outlines = (try? RuleData(folder: nil)).map { CountryOutlines($0.outlines) } ?? .none
    let page = { (report: Report, index: String?) in
      let site = coverage?.report.sites.first { $0.site.id == report.site.id }
      let link = coverage.flatMap { coverage in site.map { CoverageLink(page: Self.name(coverage.path), $0) } }
      return ReportPage.document(of: report, index: index, coverage: link, outlines: outlines)
    }
    guard reports.count != 1 else { return try write(page(reports[0], nil), to: path) }
    for report in reports { try write(page(report, Self.name(path)), to: sitePath(report)) }
    // The index comes last, so all its links work.
    let pages = reports.map { (report: $0, address: Self.name(sitePath($0))) }
    try write(IndexPage.document(of: pages), to: path)
  }

  /// Writes one page.
  func write(_ document: String) throws {
    try write(document, to: path)
  }

  /// `report-shop.example.html` next to `report.html`.
  private func sitePath(_ report: Report) -> String {
    let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
    let isPlain = report.site.host.utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }
    return "\(stem)-\(isPlain ? report.site.host : report.site.trackingID).html"
  }

  /// Whether a file is in the folder of the page, and is not the page itself.
  func isBeside(_ other: String) -> Bool {
    let (own, other) = (URL(fileURLWithPath: path), URL(fileURLWithPath: other))
    return own.deletingLastPathComponent().path == other.deletingLastPathComponent().path
      && own.lastPathComponent != other.lastPathComponent
  }

  private static func name(_ path: String) -> String {
    URL(fileURLWithPath: path).lastPathComponent
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Messages.problem("\(path): cannot be written; does the folder exist, and is it writable?")
      throw ExitCodes.inputOutput
    }
  }
}

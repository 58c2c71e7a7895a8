import Foundation
import Hits
import Reporting

/// Reports as files of HTML: one page, or a page of all sites and beside it one of each.
struct HTMLFiles {
  private let path: String

  /// - Parameter path: of the page, or of the page of all sites.
  init(at path: String) {
    self.path = path
  }

  /// Writes the pages; each takes the place of its file at once, so that whoever reads it sees a whole one.
  func write(_ reports: [Report]) throws {
    guard reports.count != 1 else { return try write(ReportPage.document(of: reports[0]), to: path) }
    for report in reports {
      try write(ReportPage.document(of: report, index: Self.name(path)), to: sitePath(report))
    }
    // Last, so that it leads nowhere that is not there yet.
    let pages = reports.map { (report: $0, address: Self.name(sitePath($0))) }
    try write(IndexPage.document(of: pages), to: path)
  }

  /// Writes one page.
  func write(_ document: String) throws {
    try write(document, to: path)
  }

  /// `report-shop.example.html` beside `report.html`.
  private func sitePath(_ report: Report) -> String {
    let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
    let isPlain = report.site.host.utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }
    return "\(stem)-\(isPlain ? report.site.host : report.site.trackingID).html"
  }

  private static func name(_ path: String) -> String {
    URL(fileURLWithPath: path).lastPathComponent
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Messages.problem("\(path): cannot be written; does the folder exist, and may you write to it?")
      throw ExitCodes.inputOutput
    }
  }
}

import AccessLog
import Foundation
import TestSupport
import Testing

/// Odd lines of real logs, each with what is read in it: the files of `fixtures/oddities`.
///
/// A case has a line `# what is odd`, one `format NAME`, or `format names+NAME` if clients may be names, and pairs of
/// `line …` and `is …`. One parser reads the lines of a case in order.
@Suite struct OddLinesTests {
  static let files = ["clients", "columns", "foreign", "numbers", "requests", "texts", "times", "wrappings"]

  @Test(arguments: files) func areReadAsTheyShould(_ name: String) throws {
    let cases = try OddCase.all(in: Self.text(of: name))
    #expect(cases.count >= 5)
    for oddCase in cases {
      let readings = try oddCase.readings()
      #expect(readings.count == oddCase.expected.count, "\(name): \(oddCase.title)")
      for (number, (reading, expected)) in zip(readings, oddCase.expected).enumerated() {
        #expect(reading == expected, "\(name): \(oddCase.title): \(oddCase.lines[number])")
      }
    }
  }

  @Test func allFilesAreRead() throws {
    let folder = SharedData.packageRoot.appendingPathComponent("fixtures/oddities")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == Self.files.map { $0 + ".txt" })
  }

  @Test(arguments: [4_097, 8_259, 200_000, 900_000]) func pathsMayBeLong(_ length: Int) {
    let path = "/" + String(repeating: "a", count: length - 1)
    let line = ReadLine.one(
      "192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] \"GET \(path) HTTP/1.1\" 200 5 \"-\" \"agent\"", .combined)
    #expect(line?.url == path)
    #expect(line?.userAgent == "agent")
  }

  /// Big5, an incomplete character, and bytes that never occur in UTF-8.
  @Test(arguments: [[0xA4, 0xA4, 0xA4, 0xE5], [0xE4, 0xBD], [0xFF, 0xFE]] as [[UInt8]])
  func textsNeedNotBeUTF8(_ text: [UInt8]) {
    let start = Array("192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] \"GET /".utf8)
    let bytes = start + text + Array(" HTTP/1.1\" 200 5 \"-\" \"".utf8) + text + Array("\"".utf8)
    var parser = LineParser(.combined)
    var line = LogLine()
    #expect(parser.parse(bytes.span, bytes.indices, into: &line) == nil)
    #expect(Array(bytes[line.target]) == [UInt8(ascii: "/")] + text)
    #expect(Array(bytes[line.userAgent]) == text)
  }

  private static func text(of name: String) throws -> String {
    let file = SharedData.packageRoot.appendingPathComponent("fixtures/oddities/\(name).txt")
    return try String(contentsOf: file, encoding: .utf8)
  }
}

/// One case of the fixtures.
private struct OddCase {
  var title: String
  var format = ""
  var lines: [String] = []
  var expected: [String] = []

  /// Returns the cases of a file in order.
  static func all(in text: String) throws -> [OddCase] {
    var cases: [OddCase] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      let rest = words.count > 1 ? String(words[1]) : ""
      if words[0] == "#" {
        cases.append(OddCase(title: rest))
        continue
      }
      try #require(!cases.isEmpty)
      switch words[0] {
      case "format": cases[cases.count - 1].format = rest
      case "line": cases[cases.count - 1].lines.append(rest)
      default: cases[cases.count - 1].expected.append(rest)
      }
    }
    return cases
  }

  /// Returns what is read in each line.
  func readings() throws -> [String] {
    let all = Array(lines.joined(separator: "\n").utf8)
    let format =
      self.format == "auto"
      ? try #require(FormatDetector().detect(all.span, all.indices).format) : try FormatText.named(self.format)
    return ReadLine.each(all, format).map { line, reason in
      reason.map { "malformed(\($0))" } ?? line?.summary ?? ""
    }
  }
}

extension ReadLine {
  /// All values found, in the order of the common formats, without the usual time of the fixtures.
  fileprivate var summary: String {
    let usualTime: Int64 = 1_728_568_536
    let parts = [
      ("host", host), ("address", address), ("forwarded", forwarded),
      ("time", timestamp == usualTime ? "" : "\(timestamp)"), ("method", method), ("url", url),
      ("status", status == -1 ? "" : "\(status)"), ("size", size == 0 ? "" : "\(size)"), ("referrer", referrer),
      ("agent", userAgent),
    ]
    return parts.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
  }
}

import Foundation
import TestSupport
import Testing

/// The documents show what the program does.
@Suite struct DocumentationTests {
  private static func document(_ path: String) throws -> String {
    try String(contentsOf: SharedData.packageRoot.appendingPathComponent(path), encoding: .utf8)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  /// docs/getting-started.md shows the report of the sample, without some lists.
  @Test func theReportShownIsReal() throws {
    let text = try Self.document("docs/getting-started.md")
    let start = try #require(text.range(of: "<!-- report -->\n\n```\n"))
    let end = try #require(text[start.upperBound...].range(of: "```\n"))
    let shown = Self.lines(String(text[start.upperBound..<end.lowerBound]))
    var real = Self.lines(try Self.document("fixtures/cli/sample/report/expout"))[...]
    #expect(shown.count > 20)
    for line in shown {
      let found = try #require(real.firstIndex(of: line), "not in the report, or in another order: \(line)")
      real = real[(found + 1)...]
    }
  }

  /// Every command and every flag in the help is documented in docs/cli.md.
  @Test func everyCommandAndFlagIsDocumented() throws {
    let reference = try Self.document("docs/cli.md")
    let help = SharedData.packageRoot.appendingPathComponent("fixtures/cli/help")
    for name in try FileManager.default.contentsOfDirectory(atPath: help.path) where name != "version" {
      let text = try Self.document("fixtures/cli/help/\(name)/expout")
      let flags = text.matches(of: /^ +(--[a-z-]+)/.anchorsMatchLineEndings()).map { String($0.output.1) }
      for flag in Set(flags).subtracting(["--version", "--help"]) {
        #expect(reference.contains("`\(flag)"), "\(name): \(flag)")
      }
      if name != "footfall" { #expect(reference.contains("footfall \(name)"), "\(name)") }
    }
  }
}

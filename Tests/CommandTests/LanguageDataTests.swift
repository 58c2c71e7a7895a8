import Foundation
import TestSupport
import Testing

/// The binary has none of Foundation's data for languages (CNoLanguageData). What needs them would not fail but give
/// wrong answers, so no source may use it.
@Suite struct LanguageDataTests {
  /// What needs the data, and what serves instead.
  static let substitutes: [(name: String, instead: String)] = [
    ("DateFormatter", "DayName, TimeText"), ("NumberFormatter", "NumberText"), ("Locale", "English texts"),
    ("TimeZone", "ZoneCalendar"), ("Calendar", "LocalCalendar"), ("NSRegularExpression", "Regex, PCRE2"),
    ("ByteCountFormatter", "NumberText"), ("MeasurementFormatter", "NumberText"), ("ListFormatter", "joined"),
    ("ISO8601DateFormatter", "Date.init(_:strategy:)"), ("CharacterSet", "bytes"), ("localizedCompare", "<"),
    ("localizedStandardCompare", "<"), ("localizedCaseInsensitiveCompare", "lowercased()"), ("formatted", "NumberText"),
    ("caseInsensitiveCompare", "lowercased()"), ("folding", "lowercased()"), ("applyingTransform", "bytes"),
  ]

  @Test(arguments: substitutes) func noSourceNeedsIt(_ name: String, _ instead: String) throws {
    let sources = SharedData.packageRoot.appending(path: "Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
    #expect(paths.count > 100)
    for path in paths {
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let code = line.prefix { $0 != "\"" }
        guard !code.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") else { continue }
        let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        #expect(!words.contains(Substring(name)), "\(path):\(number + 1): use \(instead)")
      }
    }
  }
}

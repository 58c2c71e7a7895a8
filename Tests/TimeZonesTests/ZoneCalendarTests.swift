import Foundation
import Hits
import TestSupport
import Testing

@testable import TimeZones

@Suite struct ZoneCalendarTests {
  /// Returns the offsets that differ, as `name instant offset`, of those that Swift computed, in the same form.
  private static func differences(_ offsets: [String], _ python: String) async throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.path("offsets")
    try Data(offsets.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    let result = try await ChildProcess.run(
      "/usr/bin/env", ["python3", "-c", python, path], in: folder.url, environment: ProcessInfo.processInfo.environment)
    #expect(result.code == 0, "\(result.errors)")
    return result.output
  }

  @Test func offsetsOfAllZonesAreThoseOfPython() async throws {
    let folder = URL(filePath: ZoneFolder.path)
    let names = try FileManager.default.subpathsOfDirectory(atPath: ZoneFolder.path).filter { name in
      guard !name.hasPrefix("posix/"), !name.hasPrefix("right/"), name != "localtime", name != "posixrules" else {
        return false
      }
      return (try? Data(contentsOf: folder.appending(path: name)))?.starts(with: Array("TZif".utf8)) ?? false
    }
    #expect(names.count > 300)
    let first = Int64(DayName.days(year: ZoneCalendar.years.lowerBound, month: 1, day: 1)) * 86_400
    let last = Int64(DayName.days(year: ZoneCalendar.years.upperBound, month: 1, day: 1)) * 86_400
    var offsets: [String] = []
    for name in names {
      let calendar = try ZoneCalendar.calendar(named: name)
      var instants = Array(stride(from: first, to: last, by: 30 * 86_400))
      // Also the last second before each transition and the first one after it, found by the days on which it is.
      for day in stride(from: first, to: last - 86_400, by: 86_400)
      where calendar.offset(at: day) != calendar.offset(at: day + 86_400) {
        var (low, high) = (day, day + 86_400)
        while high - low > 1 {
          let middle = (low + high) / 2
          if calendar.offset(at: middle) == calendar.offset(at: day) { low = middle } else { high = middle }
        }
        instants += [low, high]
      }
      offsets += instants.map { "\(name) \($0) \(calendar.offset(at: $0))" }
    }
    let different = try await Self.differences(
      offsets,
      """
      import sys, zoneinfo, datetime
      zoneinfo.reset_tzpath(to=["\(ZoneFolder.path)"])
      for line in open(sys.argv[1]):
          name, instant, offset = line.split()
          moment = datetime.datetime.fromtimestamp(int(instant), zoneinfo.ZoneInfo(name))
          if moment.utcoffset().total_seconds() != int(offset): print(line, end="")
      """)
    #expect(different.isEmpty, "\(different.prefix(300))")
  }

  @Test func rulesMeanWhatTheCLibraryTakesThemFor() async throws {
    let rules = [
      "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1",
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "AAA3BBB,J60,J300/4:30", "AAA-3BBB,59/1,299",
      "NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01",
      "<+0545>-5:45", "EET-2EEST,M3.4.4/50,M10.4.4/50", "UTC0",
    ]
    var offsets: [String] = []
    for text in rules {
      let rule = try #require(ZoneRule(ArraySlice(Array(text.utf8))), "\(text)")
      for year in [2026, 2028, 2045] {
        let transitions = rule.transitions(inYear: year).sorted { $0.instant < $1.instant }
        #expect(transitions.count == (rule.isConstant ? 0 : 2))
        for transition in transitions { offsets.append("\(text) \(transition.instant) \(transition.offset)") }
      }
      offsets.append(
        "\(text) 1767225600 \(rule.transitions(inYear: 2025).max { $0.instant < $1.instant }?.offset ?? rule.standardOffset)"
      )
    }
    let different = try await Self.differences(
      offsets,
      """
      import os, sys, time
      for line in open(sys.argv[1]):
          os.environ["TZ"], instant, offset = line.split()
          time.tzset()
          before, after = (time.localtime(int(instant) - gone).tm_gmtoff for gone in (1, 0))
          constant = int(instant) == 1767225600
          if after != int(offset) or (before == after) != constant: print(line, end="")
      """)
    #expect(different.isEmpty, "\(different)")
  }

  @Test(arguments: [
    "", "CET", "CET-", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "<CET-1", "CET-1CEST,J0,J9",
  ])
  func otherTextsAreNoRules(_ text: String) {
    #expect(ZoneRule(ArraySlice(Array(text.utf8))) == nil)
  }

  @Test(arguments: [
    ("Europe/Berlim", "did you mean Europe/Berlin?"), ("Berlin", "did you mean Europe/Berlin?"),
    ("../../etc/passwd", "use an IANA name"), ("/etc/localtime", "use an IANA name"),
    ("right/UTC", "did you mean Etc/UTC?"),
    ("", "use an IANA name"), ("Europe", "use an IANA name"), ("zone.tab", "use an IANA name"),
  ])
  func unknownNamesAreRefused(_ name: String, _ advice: String) throws {
    let fault = try #require(throws: ZoneFault.self) { try ZoneCalendar.calendar(named: name) }
    #expect(fault.description.contains("unknown time zone '\(name)'") && fault.description.contains(advice))
  }

  @Test func aDamagedFileIsNoZone() throws {
    let whole = try ZoneFolder.contents(ofZone: "Europe/Berlin")
    #expect(ZoneFile(whole) != nil)
    for count in stride(from: 0, to: whole.count - 1, by: 7) { #expect(ZoneFile(Array(whole.prefix(count))) == nil) }
  }
}

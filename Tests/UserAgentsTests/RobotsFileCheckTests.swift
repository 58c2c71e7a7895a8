import Testing

@testable import UserAgents

/// Requests of robots are compared with robots.txt.
@Suite struct RobotsFileCheckTests {
  private static let file = RobotsFile(
    Array("User-agent: *\nDisallow: /private/\nUser-agent: GPTBot\nDisallow: /\n".utf8))

  private static func check(limit: Int) -> RobotsFileCheck {
    var check = RobotsFileCheck(file, limit: limit)
    check.add(day: 10, robot: "GPTBot", kind: "ai_training", page: "/a", requests: 2)
    check.add(day: 10, robot: "GPTBot", kind: "ai_training", page: "/a", requests: 3)
    check.add(day: 10, robot: "GPTBot", kind: "ai_training", page: "/robots.txt", requests: 1)
    check.add(day: 10, robot: "Otherbot", kind: "other_bot", page: "/a", requests: 7)
    check.add(day: 11, robot: "GPTBot", kind: "ai_training", page: "/a", requests: 1)
    check.add(day: 11, robot: "Otherbot", kind: "other_bot", page: "/private/x", requests: 4)
    check.add(day: 11, robot: "Otherbot", kind: "scanner", page: "/private/x", requests: 1)
    check.add(day: 12, robot: "(none)", kind: "other_bot", page: "/private/x", requests: 8)
    check.add(day: 12, robot: "Otherbot", kind: "other_bot", page: "(other)", requests: 9)
    check.finish()
    return check
  }

  @Test func sumsAndFindingsAreRanked() {
    let check = Self.check(limit: 10)
    #expect(check.days == 10...12)
    #expect(check.checked == 19)
    #expect(check.unchecked == 17)
    #expect(check.offenders.map(\.fetcher.robot) == ["GPTBot", "Otherbot", "Otherbot"])
    #expect(check.offenders.map(\.fetcher.kind) == ["ai_training", "other_bot", "scanner"])
    #expect(check.offenders.map(\.disallowed) == [6, 4, 1])
    #expect(check.offenders.map(\.requests) == [7, 11, 1])
    #expect(check.allFindings == 4)
    #expect(check.findings.map(\.day) == [10, 11, 11, 11])
    #expect(check.findings.map(\.requests) == [5, 4, 1, 1])
    #expect(check.findings.map(\.page) == ["/a", "/private/x", "/a", "/private/x"])
    #expect(check.findings.map(\.line) == [4, 2, 4, 2])
  }

  @Test func findingsAreLimited() {
    let check = Self.check(limit: 1)
    #expect(check.findings.map(\.requests) == [5])
    #expect(check.allFindings == 4)
  }

  @Test func withoutRequestsThereIsNothing() {
    var check = RobotsFileCheck(Self.file, limit: 1)
    check.finish()
    #expect(check.days == nil)
    #expect(check.findings.isEmpty)
    #expect(check.offenders.isEmpty)
  }
}

import Foundation
import TestSupport
import Testing

/// `footfall redact` can be killed at any time: all texts have their old names, or all have the new ones.
@Suite struct RedactTests {
  /// At how many moments it is killed, each half as late again as the one before.
  private static let moments = 12
  /// In seconds.
  private static let firstDelay = 0.02

  private static func line(_ number: Int) -> String {
    let page = ["/docs/\(number % 60)/", "/docs/\(number % 60)/index.html", "/docs/\(number % 60)"][number % 3]
    let day = 1 + number * 28 / 4_000
    let source = number % 7 == 0 ? "?utm_source=anna\(number % 50)@mail.example" : ""
    let clock = "\(10 + number % 10):\(10 + number % 50):\(10 + number % 47)"
    return "192.0.2.\(number % 250) - - [\(day < 10 ? "0" : "")\(day)/Nov/2025:\(clock) +0000] "
      + "\"GET \(page)\(source) HTTP/1.1\" 200 512 \"-\" "
      + "\"Mozilla/5.0 (X11; Linux x86_64; rv:\(130 + number % 15).0) Gecko/20100101 Firefox/\(130 + number % 15).0\"\n"
  }

  private static func workshop() async throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write((0..<4_000).map(Self.line), to: "access.log")
    // As they were stored before pages had names.
    _ = try await workshop.importing(
      workshop.path("access.log"), ["--redact", "off", "--path-slash", "keep", "--path-index", "keep"])
    try await workshop.footfall("seal", "--until", "2025-11-20")
    try await workshop.bash("cp -a footfall.db full.db")
    return workshop
  }

  @Test func killedAtAnyTimeItLeavesTheOldStateOrTheNewOne() async throws {
    let workshop = try await Self.workshop()
    let old = try await workshop.dump()
    #expect(old.contains("@mail.example") && old.contains("/docs/7/index.html"))
    #expect(try await workshop.footfall("redact", "--yes").code == 0)
    let new = try await workshop.dump()
    #expect(!new.contains("@mail.example") && !new.contains("/index.html"))
    var killed = 0
    var delay = Self.firstDelay
    for _ in 0..<Self.moments {
      delay *= 1.5
      try await workshop.bash("rm -rf kill.db*; cp full.db kill.db")
      let result = try await workshop.bash(
        "timeout -s KILL \(delay) \(BuiltFootfall.binary.path) redact --yes --db kill.db || echo killed")
      if result.output.contains("killed") { killed += 1 }
      let left = try await workshop.footfall("dump", "--db", "kill.db").output
      #expect(left == old || left == new, "after \(delay) seconds")
      let again = try await workshop.footfall("redact", "--yes", "--db", "kill.db")
      #expect(again.code == 0, "\(again.errors)")
      #expect(try await workshop.footfall("dump", "--db", "kill.db").output == new)
      #expect(try await workshop.bash("cat kill.db* | grep -ac '@mail.example' || true").output == "0\n")
    }
    #expect(killed > 0)
  }
}

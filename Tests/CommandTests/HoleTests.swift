import Foundation
import TestSupport
import Testing

/// Holes of NULs, which `copytruncate` leaves if the writer does not append: no line after them is lost.
@Suite struct HoleTests {
  private static let limit = 1_048_576

  private static func line(_ number: Int) -> String {
    "192.0.2.\(number) - - [10/Nov/2025:10:00:0\(number) +0000] \"GET /page/\(number) HTTP/1.1\" 200 512 \"-\" "
      + "\"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\"\n"
  }

  @Test(
    arguments: [0, 1, 4_096, limit - 1, limit, limit + 1, 5 * limit], ["plain", "gz"])
  func everyLineCountsOnce(_ size: Int, _ form: String) async throws {
    let workshop = try Workshop()
    let hole = String(repeating: "\0", count: size)
    try workshop.write([hole, Self.line(1), Self.line(2), hole, Self.line(3), Self.line(4), hole], to: "access.log")
    if form == "gz" { try await workshop.bash("gzip -n access.log && mv access.log.gz access.log") }
    // A compressed file does not grow, so the NULs at its end are a line.
    let rest = form == "gz" && size > 0 ? 1 : 0
    for turn in 0..<2 {
      let books = try await workshop.importing(workshop.path("access.log"), turn == 0 ? [] : ["--reread"])
      #expect(books.code == 0, "\(books.errors)")
      #expect(books.lines == 4 + rest)
      #expect(books[turn == 0 ? "pageview" : "already_imported"] == 4 + (turn == 0 ? 0 : rest))
    }
  }

  /// A writer that died within a line leaves half of it; the next one's lines follow the hole.
  @Test(arguments: [1, 3, 4_096, limit, 5 * limit], ["auto", "combined", "json+combined"])
  func halfALineLosesNoLineBehindItsHole(_ size: Int, _ format: String) async throws {
    let workshop = try Workshop()
    let isJSON = format.hasPrefix("json")
    let lines = (1...4).map { isJSON ? Self.wrapped(Self.line($0)) : Self.line($0) }
    // The half ends in the user agent, so what follows would still look like the rest of it.
    let half = String(lines[2].dropLast(20)) + String(repeating: "\0", count: size)
    try workshop.write([lines[0], lines[1], half, lines[3]], to: "access.log")
    let books = try await workshop.importing(workshop.path("access.log"), ["--format", format])
    #expect(books.lines == 4)
    #expect(books["pageview"] >= 3, "\(books.errors)")
    let again = try await workshop.importing(workshop.path("access.log"), ["--format", format, "--reread"])
    #expect(again["pageview"] == 0)
  }

  private static func wrapped(_ line: String) -> String {
    "{\"log\":\"" + line.dropLast().replacing("\"", with: "\\\"") + "\\n\",\"stream\":\"stdout\"}\n"
  }

  /// Lines counted before holes could be skipped stay known: NULs are still part of the lines that were read with
  /// them.
  @Test func aLineIsKnownInAHoleOfAnotherSizeOnlyIfTheHoleIsTooLarge() async throws {
    let workshop = try Workshop()
    func books(_ size: Int) async throws -> ImportBooks {
      try await workshop.importing(
        workshop.write([String(repeating: "\0", count: size), Self.line(1)], to: "\(size).log"))
    }
    let first = try await books(0)
    #expect(first["pageview"] == 1)
    let large = try await books(3 * Self.limit)
    #expect(large["already_imported"] == 1)
    let small = try await books(100)
    #expect(small["pageview"] == 1)
  }

  /// `copytruncate` while a writer continues at its old offset: the hole precedes the new lines.
  @Test func aLogThatIsTruncatedUnderItsWriterLosesNothing() async throws {
    let workshop = try Workshop()
    let path = workshop.path("access.log")
    let padding = (0..<160_000).map { "# \($0)\n" }
    try workshop.write(padding + [Self.line(1), Self.line(2)], to: "access.log")
    let first = try await workshop.importing(path)
    #expect(first["pageview"] == 2)
    let writer = try #require(FileHandle(forWritingAtPath: path))
    let end = try writer.seekToEnd()
    try await workshop.bash("cp access.log access.log.1 && truncate -s 0 access.log")
    #expect(end > Self.limit)
    try writer.write(contentsOf: Data(Self.line(3).utf8))
    let second = try await workshop.importing(path)
    #expect(second["pageview"] == 1 && second.lines == 1)
    try writer.write(contentsOf: Data(Self.line(4).utf8))
    let third = try await workshop.importing(path)
    #expect(third["pageview"] == 1 && third["already_imported"] == 1)
    let rotated = try await workshop.importing(workshop.path("access.log.1"))
    #expect(rotated["pageview"] == 0)
  }
}

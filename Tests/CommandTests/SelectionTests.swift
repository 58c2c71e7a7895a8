import Foundation
import TestSupport
import Testing

/// Excluded lines: an import without the rules counts them, and nothing counts twice.
@Suite struct SelectionTests {
  private static let excluded = "not_counted(excluded)"
  private static let outOfRange = "not_counted(out_of_range)"

  /// Returns lines of two days in order of time, with bursts of equal ones.
  private static func log(_ count: Int, seed: UInt64) -> [String] {
    var chance = SeededGenerator(seed: seed)
    var lines: [String] = []
    var second = 0
    while lines.count < count {
      second += Int.random(in: 0...(2 * 170_000 / count), using: &chance)
      let clock = [second % 86_400 / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      let line =
        "192.0.2.\(Int.random(in: 1...40, using: &chance)) - - [0\(1 + second / 86_400)/Nov/2025:"
        + "\(clock.joined(separator: ":")) +0000] \"GET /\(["blog", "shop", "admin"].randomElement(using: &chance) ?? "x")"
        + "/\(Int.random(in: 1...30, using: &chance)) HTTP/1.1\" 200 512 \"-\" "
        + "\"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\"\n"
      for _ in 0..<(Int.random(in: 0..<12, using: &chance) == 0 ? 3 : 1) { lines.append(line) }
    }
    return lines
  }

  private static func clean(_ lines: [String]) async throws -> String {
    let workshop = try Workshop()
    let books = try await workshop.importing(try workshop.write(lines, to: "clean.log"))
    #expect(books["pageview"] == lines.count)
    return try await workshop.dump()
  }

  @Test func aLaterImportWithoutTheRuleCountsTheRest() async throws {
    let log = Self.log(4_000, seed: 1)
    let workshop = try Workshop()
    let path = try workshop.write(log.prefix(3_000), to: "access.log")
    let rule = ["--exclude", "path:/admin/*"]
    let first = try await workshop.importing(path, rule)
    #expect(first.code == 0 && first.lines == 3_000)
    let admin = log.prefix(3_000).count { $0.contains("/admin/") }
    #expect(first[Self.excluded] == admin && first["pageview"] == 3_000 - admin)

    try workshop.write(log, to: "access.log")
    let grown = try await workshop.importing(path, rule)
    #expect(grown["already_imported"] == 3_000 - admin)
    #expect(grown[Self.excluded] + grown["pageview"] == admin + log.count - 3_000)
    let before = try await workshop.dump()

    try await workshop.bash("gzip -c access.log > packed")
    let whole = try await workshop.importing(workshop.path("packed"))
    let allAdmin = log.count { $0.contains("/admin/") }
    #expect(whole.code == 0, "\(whole.errors)")
    #expect(whole["pageview"] == allAdmin && whole["already_imported"] == log.count - allAdmin)
    #expect(try await workshop.dump() == Self.clean(log))
    let again = try await workshop.importing(path)
    #expect(again["already_imported"] == log.count)
    let ruled = try await workshop.importing(path, rule)
    #expect(ruled["already_imported"] == log.count - allAdmin && ruled[Self.excluded] == allAdmin)
    #expect(try await workshop.dump() == Self.clean(log))

    try await workshop.footfall("undo", "3", "--yes")
    #expect(try await workshop.dump() == before)
  }

  /// Rules change from import to import while the log grows, is renamed and is compressed; the last import has none.
  @Test(arguments: 1...5) func anyOrderOfRulesEndsInTheSame(_ seed: UInt64) async throws {
    var chance = SeededGenerator(seed: seed &* 77)
    let log = Self.log(2_500, seed: seed)
    let rules: [[String]] = [
      [], ["--exclude", "path:/shop/*"], ["--include", "path:/blog/*"], ["--exclude", "path:*7"],
      ["--since", "2025-11-02"], ["--until", "2025-11-01T18:00:00Z"],
      ["--exclude", "address:192.0.2.0/28", "--since", "2025-11-01T03:00:00Z"],
    ]
    let workshop = try Workshop()
    for turn in 0..<6 {
      let part = log.prefix(turn == 5 ? log.count : Int.random(in: 1...log.count, using: &chance))
      let path = try workshop.write(part, to: Bool.random(using: &chance) ? "access.log" : "copy\(turn).log")
      let books = try await workshop.importing(path, turn == 5 ? [] : rules.randomElement(using: &chance) ?? [])
      #expect(books.code == 0, "\(books.errors)")
      #expect(books.lines == part.count)
    }
    #expect(try await workshop.dump() == Self.clean(log))
  }

  @Test func anUnchangedFileIsReadAgainUnderOtherRules() async throws {
    let log = Self.log(500, seed: 9)
    let workshop = try Workshop()
    let path = try workshop.write(log, to: "access.log")
    try await workshop.bash("touch -d '1 hour ago' access.log && sleep 2.1")
    let second = ["--since", "2025-11-02"]
    let first = try await workshop.importing(path, second)
    for _ in 0..<2 {
      let again = try await workshop.importing(path, second)
      #expect(again[Self.outOfRange] == first[Self.outOfRange] && first[Self.outOfRange] > 0)
      #expect(again["already_imported"] == first["pageview"])
    }
    let all = try await workshop.importing(path)
    #expect(all["pageview"] == first[Self.outOfRange])
    #expect(try await workshop.dump() == Self.clean(log))
  }

  /// The line numbers in `--rejects` include excluded lines.
  @Test func rejectsNameTheLineOfTheFile() async throws {
    let log = Self.log(300, seed: 3)
    let workshop = try Workshop()
    let path = try workshop.write(log.prefix(200) + ["no line of a log\n"] + log.suffix(100), to: "access.log")
    _ = try await workshop.importing(path, ["--exclude", "path:/blog/*", "--rejects", workshop.path("rejects")])
    let rejects = try String(contentsOfFile: workshop.path("rejects"), encoding: .utf8)
    #expect(rejects.hasPrefix(path + ":201: malformed("))
  }
}

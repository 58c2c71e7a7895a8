import Foundation
import TestSupport
import Testing

/// `--rejects` lists the position of each malformed line.
@Suite struct RejectsTests {
  private static let long = String(repeating: "a", count: 1_100_000) + "\n"
  private static let bad = "no line of a log\n"

  private static func line(_ number: Int) -> String {
    "192.0.2.1 - - [10/Nov/2025:10:00:00 +0000] \"GET /page/\(number) HTTP/1.1\" 200 512 \"-\" \"Firefox/145.0\"\n"
  }

  /// Imports a log and returns the numbers and reasons of its rejects.
  private static func rejects(
    of lines: some Sequence<String>, in workshop: Workshop, flags: [String] = []
  ) async throws -> [String] {
    let path = try workshop.write(lines, to: "access.log")
    let books = try await workshop.importing(path, flags + ["--rejects", workshop.path("rejects")])
    // Many malformed lines among few produce a warning.
    #expect(books.code == (books.errors.isEmpty ? 0 : 2), "\(books.errors)")
    let text = try String(contentsOfFile: workshop.path("rejects"), encoding: .utf8)
    #expect(text.count { $0 == "\n" } == books.outcomes.filter { $0.key.hasPrefix("malformed(") }.values.reduce(0, +))
    return text.split(separator: "\n").map { String($0.dropFirst(path.count)) }
  }

  @Test func linesThatAreTooLongAreNamedInOrder() async throws {
    let good = (1...20).map(Self.line)
    let log = [Self.long] + good + [Self.long, Self.long, Self.bad] + good + [Self.bad, Self.long]
    let expected = [
      ":1: malformed(too_long)", ":22: malformed(too_long)", ":23: malformed(too_long)", ":24: malformed(address)",
      ":45: malformed(address)", ":46: malformed(too_long)",
    ]
    let workshop = try Workshop()
    #expect(try await Self.rejects(of: log, in: workshop) == expected)
    // Each line is at most one chunk long, and more lines are excluded than a chunk holds.
    let filter = ["--exclude", "path:/page/1*", "--db", workshop.path("other.db")]
    #expect(try await Self.rejects(of: log, in: workshop, flags: filter) == expected)
    // Lines that are too long are not in the ledger.
    let again = try await Self.rejects(of: log, in: workshop)
    #expect(again == expected.filter { $0.hasSuffix("(too_long)") })
  }

  /// In a log that has grown, line numbers refer to the whole file.
  @Test func aGrownLogIsNumberedFromItsStart() async throws {
    let workshop = try Workshop()
    let start = (1...20).map(Self.line) + [Self.bad]
    #expect(try await Self.rejects(of: start, in: workshop) == [":21: malformed(address)"])
    let grown = start + (21...40).map(Self.line) + ["no line of any log\n", Self.long]
    #expect(
      try await Self.rejects(of: grown, in: workshop) == [":42: malformed(address)", ":43: malformed(too_long)"])
  }
}

import Foundation
import TestSupport
import Testing

/// Runs the binary on real logs: the books, the ledger, and what remains on the disk.
@Suite(.enabled(if: SharedData.exists("corpora/FACTS.md"), "needs the real logs of ../shared/corpora"))
struct RealLogImportTests {
  /// The larger logs. `big-access.log.gz` joins the other rotated ones and has tests of its own.
  private let facts = LogFacts.all.filter { $0.lines >= 90 && $0.name != Self.joined }
  private static let joined = "nginx_rotated_ajitmp/big-access.log.gz"

  @Test func booksBalanceAndNothingCountsTwiceAndNothingLeaks() async throws {
    let scratch = try Scratch()
    let folders = [try scratch.subfolder("one"), try scratch.subfolder("two")]
    let paths = facts.map(\.path)
    #expect(paths.count >= 15)
    for (number, folder) in folders.enumerated() {
      let books = try await read(scratch, paths, in: folder, flags: ["--workers", String(number + 1)])
      #expect(books.files.map(\.lines) == facts.map(\.lines))
      for file in books.files { #expect(file.outcomes.values.reduce(0, +) == file.lines, "\(file.name)") }
      #expect(books.outcomes.values.reduce(0, +) == books.lines)
    }
    try await checkNothingCountsTwice(scratch, paths, in: folders[0])
    let search = try await LeakSearch(for: paths, in: folders, with: scratch)
    #expect(search.leaks == [])
    #expect(search.pages >= 1_000)
  }

  private func checkNothingCountsTwice(_ scratch: Scratch, _ paths: [String], in folder: URL) async throws {
    let before = try await scratch.footfall(["dump", "--db", "stats.db"], in: folder)
    let renamed = try scratch.subfolder("renamed")
    for (number, path) in paths.enumerated() {
      let read = path.hasSuffix(".gz") ? "gzip -dc" : "gzip -c"
      try await scratch.bash("\(read) < '\(path)' > \(number).archive", in: renamed)
    }
    let archives = paths.indices.map { renamed.appendingPathComponent("\($0).archive").path }
    let joined = SharedData.path("corpora/" + Self.joined)
    for again in [paths, archives, [joined]] where again.allSatisfy(FileManager.default.fileExists(atPath:)) {
      let books = try await read(scratch, again, in: folder, flags: [])
      #expect(books.outcomes == ["already_imported": books.lines])
      #expect(books.lines > 0)
    }
    #expect(try await scratch.footfall(["dump", "--db", "stats.db"], in: folder) == before)
  }

  /// Imports files, and also leaves the output in the folder.
  private func read(
    _ scratch: Scratch, _ paths: [String], in folder: URL, flags: [String]
  ) async throws -> Books {
    let arguments =
      ["import"] + paths
      + ["--site", "example.com", "--db", "stats.db", "--json", "--final", "--rejects", "rejects.txt"] + flags
    let output = try await scratch.footfall(arguments, in: folder)
    try Data(output.utf8).write(to: folder.appendingPathComponent("stdout"))
    return try JSONDecoder().decode(Books.self, from: Data(output.utf8))
  }
}

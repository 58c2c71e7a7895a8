import Foundation
import TestSupport
import Testing

/// The same 200 lines in 41 wrappings, and compressed logs that are cut and come whole later.
@Suite struct ContainerTests {
  private static let wrappings = "corpora/derived_containers"

  /// Wrappings that are refused, with the word that tells why.
  private static let refused = ["utf16le_bom.log": "UTF-16", "plain.log.zip": "zip", "plain.tar.gz": "tar"]
  /// Wrappings that end with 2 because something is wrong with them.
  private static let damaged: Set = ["truncated.log.gz", "badcrc.log.gz", "trailing_garbage.log.gz"]
  /// Wrappings whose lines are not those of the plain log: other ones, none, or fewer.
  private static let others: Set = [
    "blank_lines.log", "empty.log", "empty.log.gz", "zero_bytes.log.gz", "truncated.log.gz", "truncated_last_line.log",
    "two_halves_duplicate.log", "long_line.log", "nul_prefix.log", "nul_line_prefix.log",
  ]

  /// Files and the good lines in them, as EXPECTED.md has them; nil where it does not tell.
  private static let expected: [(file: String, lines: Int?)] = {
    let text = (try? String(contentsOfFile: SharedData.path(wrappings + "/EXPECTED.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 4, Int(cells[1]) != nil else { return nil }
      return (cells[0], Int(cells[2]))
    }
  }()

  private struct Import {
    var result: ChildProcess.Result
    var dump: String

    /// Lines that are lines of the format.
    func goodLines() throws -> Int {
      let books = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      let outcomes = books?["outcomes"] as? [String: Int] ?? [:]
      return outcomes.filter { !$0.key.hasPrefix("malformed(") }.values.reduce(0, +)
    }
  }

  /// Imports files one after the other into a new database in a folder.
  private func imported(_ paths: String..., in folder: TemporaryFolder, flags: [String] = []) async throws -> Import {
    let place = URL(fileURLWithPath: folder.path)
    let environment = BuiltFootfall.surroundings(home: place)
    let binary = BuiltFootfall.binary.path
    let result = try await ChildProcess.run(
      binary, ["import"] + paths + ["--site", "example.com", "--json", "--quiet"] + flags, in: place,
      environment: environment)
    let dump = try await ChildProcess.run(binary, ["dump"], in: place, environment: environment)
    return Import(result: result, dump: dump.output)
  }

  @Test(.enabled(if: SharedData.exists(wrappings), "needs ../shared/corpora"))
  func everyWrappingHoldsTheLinesItShould() async throws {
    #expect(Self.expected.count == 41)
    let plain = try await imported(SharedData.path(Self.wrappings + "/plain.log"), in: TemporaryFolder())
    for (file, lines) in Self.expected {
      let path = SharedData.path(Self.wrappings + "/" + file)
      // Where the last line has no end, it counts only if that is asked for.
      let found = try await imported(path, in: TemporaryFolder(), flags: ["--final"])
      if let word = Self.refused[file] {
        #expect(found.result.code == 2 && found.result.errors.contains(word), "\(file)")
        #expect(try found.goodLines() == 0, "\(file)")
        continue
      }
      #expect(found.result.code == (Self.damaged.contains(file) ? 2 : 0), "\(file): \(found.result.errors)")
      let good = try found.goodLines()
      if let lines { #expect(good == lines, "\(file)") } else { #expect(good > 100 && good < 200, "\(file)") }
      if !Self.others.contains(file) { #expect(found.dump == plain.dump, "\(file)") }
    }
  }

  /// What comes before the cut counts at once, the rest when the whole file comes, and nothing twice.
  @Test(arguments: ["gzip", "bzip2 -1", "xz", "zstd --quiet"])
  func aCutLogIsContinuedOnceItIsWhole(_ packer: String) async throws {
    let log = (0..<6_000).map { number in
      "192.0.2.\(number % 250) - - [09/Nov/2026:10:\(10 + number / 600):\(10 + number / 150 % 40) +0000] "
        + "\"GET /page/\(number &* 2_654_435_761 % 99_991) HTTP/1.1\" 200 \(number) \"-\" \"Mozilla/5.0 (X11; Linux x86_64) "
        + "Gecko/20100101 Firefox/\(100 + number % 40).0\"\n"
    }
    let folder = try TemporaryFolder()
    let plain = try folder.write(Array(log.joined().utf8), to: "log")
    let clean = try await imported(plain, in: TemporaryFolder())
    let path = folder.path("access.log.packed")
    let place = URL(fileURLWithPath: folder.path)
    _ = try await ChildProcess.run(
      "/bin/bash", ["-c", "\(packer) -c < log > whole && head -c $(($(stat -c %s whole) * 2 / 3)) whole > '\(path)'"],
      in: place, environment: BuiltFootfall.surroundings(home: place))

    let cut = try await imported(path, in: folder)
    #expect(cut.result.code == 2)
    #expect(cut.result.errors.contains("\(packer.prefix { $0 != " " }) stream is cut short"))
    let before = try cut.goodLines()
    #expect(before > 1_000 && before < 6_000)
    #expect(cut.dump != clean.dump)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: folder.path("whole"), toPath: path)
    let whole = try await imported(path, in: folder)
    #expect(whole.result.code == 0, "\(whole.result.errors)")
    #expect(whole.result.output.contains("\"already_imported\" : \(before)"), "\(whole.result.output)")
    #expect(whole.dump == clean.dump)
  }
}

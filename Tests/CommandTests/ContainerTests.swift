import Foundation
import TestSupport
import Testing

/// The same 200 lines in 41 wrappings, and truncated compressed logs that are completed later.
@Suite struct ContainerTests {
  private static let wrappings = "corpora/derived_containers"

  /// Wrappings that are refused, with a word that the message must contain.
  private static let refused = ["utf16le_bom.log": "UTF-16", "plain.log.zip": "zip", "plain.tar.gz": "tar"]
  /// Damaged wrappings, for which the import exits with 2.
  private static let damaged: Set = ["truncated.log.gz", "badcrc.log.gz", "trailing_garbage.log.gz"]
  /// Wrappings whose lines differ from those of the plain log: other lines, none, or fewer.
  private static let others: Set = [
    "blank_lines.log", "empty.log", "empty.log.gz", "zero_bytes.log.gz", "truncated.log.gz", "truncated_last_line.log",
    "two_halves_duplicate.log", "long_line.log", "nul_prefix.log", "nul_line_prefix.log",
  ]

  /// The files and their numbers of good lines from EXPECTED.md, nil where it has no number.
  private static let expected: [(file: String, lines: Int?)] = {
    let text = (try? String(contentsOfFile: SharedData.path(wrappings + "/EXPECTED.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { row in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 4, Int(cells[1]) != nil else { return nil }
      return (cells[0], Int(cells[2]))
    }
  }()

  @Test(.enabled(if: SharedData.exists(wrappings), "needs ../shared/corpora"))
  func everyWrappingHoldsTheLinesItShould() async throws {
    #expect(Self.expected.count == 41)
    let reference = try Workshop()
    _ = try await reference.importing(SharedData.path(Self.wrappings + "/plain.log"))
    let plain = try await reference.dump()
    for (file, lines) in Self.expected {
      let workshop = try Workshop()
      // A last line without a line end counts only with `--final`.
      let found = try await workshop.importing(SharedData.path(Self.wrappings + "/" + file), ["--final"])
      if let word = Self.refused[file] {
        #expect(found.code == 2 && found.errors.contains(word), "\(file)")
        #expect(found.goodLines == 0, "\(file)")
        continue
      }
      #expect(found.code == (Self.damaged.contains(file) ? 2 : 0), "\(file): \(found.errors)")
      let good = found.goodLines
      if let lines { #expect(good == lines, "\(file)") } else { #expect(good > 100 && good < 200, "\(file)") }
      if !Self.others.contains(file) { #expect(try await workshop.dump() == plain, "\(file)") }
    }
  }

  /// Lines before the cut count at once, the rest once the file is complete, and none twice.
  @Test(arguments: ["gzip", "bzip2 -1", "xz", "zstd --quiet"])
  func aCutLogIsContinuedOnceItIsWhole(_ packer: String) async throws {
    let log = (0..<6_000).map { number in
      "192.0.2.\(number % 250) - - [09/Nov/2026:10:\(10 + number / 600):\(10 + number / 150 % 40) +0000] "
        + "\"GET /page/\(number &* 2_654_435_761 % 99_991) HTTP/1.1\" 200 \(number) \"-\" \"Mozilla/5.0 (X11; Linux x86_64) "
        + "Gecko/20100101 Firefox/\(100 + number % 40).0\"\n"
    }
    let clean = try Workshop()
    _ = try await clean.importing(try clean.write(log, to: "log"))
    let workshop = try Workshop()
    let path = try workshop.write(log, to: "access.log")
    try await workshop.bash(
      "\(packer) -c < access.log > whole; head -c $(($(stat -c %s whole) * 2 / 3)) whole > access.log")

    let cut = try await workshop.importing(path)
    #expect(cut.code == 2)
    #expect(cut.errors.contains("\(packer.prefix { $0 != " " }) stream is truncated"))
    let before = cut.goodLines
    #expect(before > 1_000 && before < 6_000)
    #expect(try await workshop.dump() != clean.dump())
    try await workshop.bash("mv whole access.log")
    let whole = try await workshop.importing(path)
    #expect(whole.code == 0, "\(whole.errors)")
    #expect(whole["already_imported"] == before && whole["pageview"] == 6_000 - before)
    #expect(try await workshop.dump() == clean.dump())
  }
}

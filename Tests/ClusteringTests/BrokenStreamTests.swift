import Clustering
import Foundation
import ImportSupport
import Importing
import Sealing
import Testing

/// Lost, duplicated, changed or foreign data is never merged.
@Suite struct BrokenStreamTests {
  /// What happens to the mapped lines of two files on their way to two reducers.
  static let mishaps: [(String, @Sendable ([String]) -> [String])] = [
    ("a hit is lost", { lines in Array(lines.dropLast()) }),
    ("a hit is duplicated", { lines in lines + [lines[lines.count - 1]] }),
    ("a value is changed", { lines in lines.map { $0.replacingOccurrences(of: "/page/7\t", with: "/page/8\t") } }),
    ("a mapper was killed midway", { lines in lines.filter { !$0.contains("\tend\t") } }),
    ("the books of a mapper are lost", { lines in lines.filter { !$0.hasPrefix("!") } }),
    ("a line of the books is lost", { lines in lines.filter { !$0.contains("\tblock\t") } }),
  ]

  private static func logs(_ scratch: Scratch) throws -> [[String]] {
    [
      [try scratch.write(Scratch.lines(day: 3, count: 300, seed: 1), to: "www1.log")],
      [try scratch.write(Scratch.lines(day: 3, count: 300, seed: 2), to: "www2.log")],
    ]
  }

  @Test(arguments: mishaps) func isRefused(_ name: String, _ mishap: @Sendable ([String]) -> [String]) throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let files = try Self.logs(scratch)
    let whole = try files.map { try job.map($0) }
    let broken = mishap(whole[0])
    #expect(broken != whole[0])
    let parts = try Job.shuffled(broken + whole[1], into: 2).map { try job.write(try job.reduce($0)) }
    let before = try scratch.dump()
    #expect(throws: Refusal.self, Comment(rawValue: name)) { try job.merge(parts) }
    #expect(try scratch.dump() == before)
    let mended = try Job.shuffled(whole[0] + whole[1], into: 2).map { try job.write(try job.reduce($0)) }
    try job.merge(mended)
  }

  /// What happens to the first of two parts.
  static let brokenParts: [(String, @Sendable (Data) -> Data)] = [
    ("truncated", { $0.dropLast(100) }),
    ("truncated between lines", { part in Data(part.split(separator: 10).dropLast(3).joined(separator: [10])) + [10] }),
    ("empty", { _ in Data() }),
    ("of another version", { Data("footfall-part\tv0.1\n".utf8) + $0.dropFirst(19) }),
    ("changed", { part in Data(part.map { $0 == 0x37 ? 0x38 : $0 }) }),
    ("not a part", { _ in Data("hello\n".utf8) }),
  ]

  @Test(arguments: brokenParts) func partIsRefused(_ name: String, _ mishap: @Sendable (Data) -> Data) throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let parts = try job.parts(of: try Self.logs(scratch), reducers: 2)
    let broken = mishap(try Data(contentsOf: URL(fileURLWithPath: parts[0])))
    #expect(throws: Refusal.self, Comment(rawValue: name)) { try job.merge([try job.write(broken), parts[1]]) }
  }

  @Test func partsAreNeededOnceEach() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let parts = try job.parts(of: try Self.logs(scratch), reducers: 2)
    #expect(throws: Refusal.self) { try job.merge([parts[0]]) }
    #expect(throws: Refusal.self) { try job.merge(parts + [parts[0]]) }
    #expect(throws: Refusal.self) { try job.merge(parts + parts) }
    #expect(throws: Refusal.self) { try job.merge(parts, files: 3) }
    try job.merge(parts, files: 2)
    #expect(throws: Refusal.self) { try job.merge(parts) }
  }

  @Test func aFileIsMappedOnce() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let files = try Self.logs(scratch)
    #expect(throws: Refusal.self) { try job.merge(try job.parts(of: files + [files[0]], reducers: 1)) }
  }

  @Test func jobsAreNotMixed() throws {
    let scratch = try Scratch()
    let (job, other) = (try Job(scratch), try Job(scratch))
    let files = try Self.logs(scratch)
    let lines = try job.map(files[0]) + job.map(files[1], key: other.key)
    let parts = try Job.shuffled(lines, into: 1).map { try job.write(try job.reduce($0)) }
    #expect(throws: Refusal.self) { try job.merge(parts) }
  }

  @Test func anotherDatabaseIsRefused() throws {
    let (scratch, elsewhere) = (try Scratch(), try Scratch())
    let (job, other) = (try Job(scratch), try Job(elsewhere))
    let parts = try job.parts(of: try Self.logs(scratch), reducers: 1)
    #expect(throws: Refusal.self) { try other.merge(parts) }
  }

  @Test func aDayThatIsNotOverIsRefused() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let parts = try job.parts(of: try Self.logs(scratch), reducers: 1)
    #expect(throws: Refusal.self) { try job.merge(parts, now: 1_725_400_000) }
  }

  @Test func linesThatWereImportedAreRefused() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let files = try Self.logs(scratch)
    _ = try scratch.importFiles(files[0])
    #expect(throws: Refusal.self) { try job.merge(try job.parts(of: files, reducers: 1)) }
  }

  static let badLines = [
    "", "x", "a\tb\tc\td\te", "example.com\t2024-09-03\t0123456789abcdef\t000001\t0\t/\t\t\t\t\t00\tv9.9:default",
  ]

  @Test(arguments: badLines) func lineIsNotReduced(_ line: String) throws {
    let job = try Job(try Scratch())
    #expect(throws: Refusal.self) { try job.reduce([line]) }
  }

  @Test func unsortedLinesAreNotReduced() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    let lines = try job.map(try Self.logs(scratch)[0]).filter { !$0.hasPrefix("!") }
    #expect(throws: Refusal.self) { try job.reduce(lines.sorted().reversed()) }
  }

  @Test(arguments: [[], [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3, 0x4B], Array("no log\n".utf8)] as [[UInt8]])
  func aFileThatCannotBeReadEndsTheMapper(_ bytes: [UInt8]) throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/damaged"
    if !bytes.isEmpty { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    let files = try Self.logs(scratch)
    #expect(throws: Refusal.self) { try Job(scratch).map(files[0] + [path]) }
  }

  @Test(arguments: ["", "eyJ9", "not base64!"]) func isNoKey(_ text: String) {
    #expect(throws: ImportFailure.self) { try JobKey(text: text) }
  }
}

import Foundation
import TestSupport
import Testing

@testable import LogInput

@Suite struct InputPathTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func make(_ names: String...) throws {
    for name in names { try folder.write([0x0A], to: name) }
  }

  private func names(_ argument: String) throws -> [String] {
    try found(argument).files.map { String($0.dropFirst(folder.path.count + 1)) }
  }

  private func found(_ argument: String) throws -> InputFiles {
    try LogFinder(content: Self.content).files(of: folder.path(argument))
  }

  /// In these tests, files that start with `a` are access logs, and files that start with `e` are error logs.
  private static func content(_ bytes: Span<UInt8>) -> LogContent {
    bytes[0] == UInt8(ascii: "a") ? .accessLog : bytes[0] == UInt8(ascii: "e") ? .errorLog : .other
  }

  @Test func standardInputIsItself() throws {
    #expect(try LogFinder(content: Self.content).files(of: "-").files == ["-"])
  }

  @Test func aFileIsItselfWhateverItsName() throws {
    try make("notes.txt", "what?.log", "[1].log")
    for name in ["notes.txt", "what?.log", "[1].log"] { #expect(try names(name) == [name]) }
    #expect(throws: InputError.missing(folder.path("no.log"))) { try names("no.log") }
    #expect(throws: InputError.missing(folder.path("notes.txt/a"))) { try names("notes.txt/a") }
  }

  @Test func patternsAreExpandedInNaturalOrder() throws {
    try make("access.log.10", "access.log.2", "access.log.1", "access.log", "error.log", "b/access.log.3", "b/notes")
    #expect(try names("access.log*") == ["access.log", "access.log.1", "access.log.2", "access.log.10"])
    #expect(try names("access.log.[12]") == ["access.log.1", "access.log.2"])
    #expect(try names("?rror.log") == ["error.log"])
    #expect(try names("[b]") == ["b/access.log.3"])
    #expect(throws: InputError.nothingMatches(folder.path("x*"))) { try names("x*") }
  }

  @Test func aFolderMeansTheLogsInItAndBelow() throws {
    try make(
      "logs/access.log", "logs/access.log.1", "logs/access.log.10.gz", "logs/access.log.2.gz", "logs/error.log",
      "logs/.access.log.swp", "logs/notes.txt", "logs/site/ssl_access_log-20261109", "logs/.git/access.log")
    let expected = [
      "access.log", "access.log.1", "access.log.2.gz", "access.log.10.gz", "site/ssl_access_log-20261109",
    ]
    #expect(try names("logs") == expected.map { "logs/" + $0 })
    #expect(try names("logs/") == expected.map { "logs/" + $0 })
    try make("empty/notes.txt")
    #expect(throws: InputError.folderWithoutLogs(folder.path("empty"))) { try names("empty") }
  }

  @Test func linksAreFollowed() throws {
    try make("logs/access.log")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: folder.path("logs"))
    #expect(try names("link") == ["link/access.log"])
    // A folder that contains itself is searched once.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("logs/round"), withDestinationPath: folder.path("logs"))
    #expect(try names("logs") == ["logs/access.log"])
  }

  @Test func filesOfFoldersAreLookedInto() throws {
    for name in ["site-Nov-2024", "b/example.com-ssl_log", "error.old"] { try folder.write([0x61], to: "logs/" + name) }
    for name in ["error.log", "example.com.log"] { try folder.write([0x65], to: "logs/" + name) }
    for name in ["other.log", "notes.txt", "b/notes.2", "b/notes.10", "1", "2"] {
      try folder.write([0x62], to: "logs/" + name)
    }
    try folder.write(Packer.zstd.packed([0x61], in: folder), to: "logs/packed")
    try folder.write([0x50, 0x4B, 3, 4], to: "logs/archive.zip")
    try folder.write([], to: "logs/access.log")
    try folder.write([], to: "logs/empty")
    try SystemTool.run("mkfifo", folder.path("logs/pipe"))
    let all = try found("logs")
    #expect(
      all.files.map { String($0.dropFirst(folder.path.count + 6)) } == [
        "access.log", "b/example.com-ssl_log", "error.old", "other.log", "packed", "site-Nov-2024",
      ])
    #expect(all.skipped.map(\.count) == [9])
    #expect(all.skipped.map(\.names) == [["1", "2", "archive.zip", "b/notes.2", "b/notes.10"]])
    #expect(try found("log?").skipped == all.skipped)
    #expect(try found("logs/").skipped.map(\.names) == all.skipped.map(\.names))
    #expect(try found("logs/b").skipped.map(\.count) == [2])
  }

  /// A folder is searched repeatedly: unchanged files are not read again, and a log stays a log.
  @Test func aFileIsLookedAtOnce() throws {
    try folder.write([0x61], to: "logs/a")
    try folder.write([0x62], to: "logs/b")
    var looks = 0
    let finder = LogFinder { bytes in
      looks += 1
      return Self.content(bytes)
    }
    func look() throws -> Int { try finder.files(of: folder.path("logs")).files.count }
    #expect(try look() == 1 && look() == 1)
    #expect(looks == 2)
    try folder.write([0x65], to: "logs/access.log.1")
    #expect(try look() == 2)
    try FileManager.default.removeItem(atPath: folder.path("logs/access.log.1"))
    try folder.write([0x61, 0x62], to: "logs/a")
    #expect(try look() == 1)
    #expect(looks == 2)
    try folder.write([0x61, 0x62], to: "logs/b")
    #expect(try look() == 2)
    #expect(looks == 3)
  }

  @Test func pipesAreReadAndDevicesAreNot() throws {
    try SystemTool.run("mkfifo", folder.path("pipe"))
    #expect(try names("pipe") == ["pipe"])
    #expect(throws: InputError.noRegularFile("/dev/null")) {
      try LogFinder(content: Self.content).files(of: "/dev/null")
    }
  }

  @Test func sizesAddUpUnlessOneHasNone() throws {
    let files = [try folder.write([1, 2, 3], to: "a"), try folder.write([4], to: "b")]
    #expect(InputPath.totalBytes(of: files) == 4)
    #expect(InputPath.totalBytes(of: files + ["-"]) == nil)
  }

  @Test(arguments: [
    ("access.log", true), ("access.log.1", true), ("access.log.2.gz", true), ("access.log-20261109", true),
    ("access.log-20261109.gz", true), ("access_log", true), ("other_vhosts_access.log.1", true),
    ("example.com.log", true), ("example.com-access.log", true), ("Access.LOG", true), ("access.2026-11-09.log", true),
    ("error.log", false), ("error.log.1", false), ("error_log", false), ("access-error.log", false),
    ("notes.txt", false),
    ("catalog", false), ("log", true), ("syslog", false), ("1.gz", false), ("", false),
    ("access.log.bz2", true), ("access.log-20261109.xz", true), ("access.log.3.zst", true), ("access.log.lz4", true),
    ("notes.xz", false),
  ])
  func logsAreToldByTheirNames(_ name: String, _ isLog: Bool) {
    #expect(LogName.isLog(name) == isLog)
  }

  @Test func namesAreOrderedAsPeopleDo() {
    let ordered = [
      "a", "a.1", "a.1.gz", "a.2", "a.10", "a.010x", "a.11", "a1b2", "a1b10", "a02b1", "a2b2", "a10b1",
      "b.99999999999999999999", "b.100000000000000000000",
    ]
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<20 {
      #expect(ordered.shuffled(using: &generator).sorted(by: NaturalOrder.isBefore) == ordered)
    }
    for name in ordered { #expect(!NaturalOrder.isBefore(name, name)) }
    // Equal except for zeros: one is before the other, and never both.
    #expect(NaturalOrder.isBefore("a01", "a1") != NaturalOrder.isBefore("a1", "a01"))
  }
}

import Clustering
import Foundation
import Hits
import ImportSupport
import Importing
import Sealing
import Testing

/// The parts of a job add up to the result of one import.
@Suite struct JobTests {
  /// Two servers' logs of two days, with people who load assets and one who does not.
  private static func logs(_ scratch: Scratch) throws -> [String] {
    let first = Scratch.lines(day: 3, count: 400, seed: 1) + Scratch.lines(day: 4, count: 300, seed: 2)
    var second = Scratch.lines(day: 3, count: 200, seed: 3)
    for person in 1...250 {
      for path in ["/", "/about", "/style.css"] { second.append(line(person, path, second: 36_000 + person)) }
    }
    for page in 0..<30 { second.append(line(300, "/page/\(page)", second: 40_000 + page * 60)) }
    return [try scratch.write(first, to: "www1.log"), try scratch.write(second, to: "www2.log")]
  }

  private static func line(_ person: Int, _ path: String, second: Int) -> String {
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "2001:db8::\(person) - - [03/Sep/2024:\(clock.joined(separator: ":")) +0000] \"GET \(path) HTTP/1.1\" 200 "
      + "1 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0\""
  }

  private static func setLedgerKey(_ key: Data, of scratch: Scratch) throws {
    let vault = scratch.database + ".vault"
    try FileManager.default.createDirectory(
      atPath: vault, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let isMade = FileManager.default.createFile(
      atPath: vault + "/ledger.key", contents: key, attributes: [.posixPermissions: 0o600])
    #expect(isMade)
  }

  private static func imported() throws -> String {
    let scratch = try Scratch()
    let files = try logs(scratch)
    _ = try SiteMaking.add(to: scratch)
    _ = try scratch.importFiles(files)
    return try scratch.dump()
  }

  /// All visitors of a day decide together whether a visitor that loads no assets is a robot, whichever reducer they
  /// are in.
  @Test(arguments: [1, 2, 7]) func isWhatAnImportSays(_ reducers: Int) throws {
    let scratch = try Scratch()
    let files = try Self.logs(scratch)
    let job = try Job(scratch)
    try job.merge(try job.parts(of: files.map { [$0] }, reducers: reducers), files: 2)
    let dump = try scratch.dump()
    #expect(dump == (try Self.imported()))
    #expect(dump.contains("no_assets"))
  }

  @Test func oneMapperForAllFilesIsTheSame() throws {
    let scratch = try Scratch()
    let job = try Job(scratch)
    try job.merge(try job.parts(of: [try Self.logs(scratch)], reducers: 2))
    #expect(try scratch.dump() == (try Self.imported()))
  }

  /// If no host identifies the site, file names do, as in an import.
  @Test func namesOfFilesTellSites() throws {
    func site(_ scratch: Scratch) throws -> [String] {
      _ = try SiteAdding(database: scratch.database, wait: 0).add(
        SiteDefinition(host: "example.com", timeZone: "Europe/Berlin", files: ["www*.log"]))
      return try Self.logs(scratch)
    }
    let (one, other) = (try Scratch(), try Scratch())
    let files = try site(one)
    _ = try ImportRun(one.options(files, site: nil)).run(onProblem: { _ in }, onProgress: { _ in })
    let names = try site(other)
    let job = try Job(ofSitesIn: other)
    try job.merge(try job.parts(of: names.map { [$0] }, reducers: 2))
    #expect(try other.dump() == (try one.dump()))
    #expect(try other.dump() == (try Self.imported()))
  }

  @Test func afterwardsTheLinesAreKnown() throws {
    let scratch = try Scratch()
    // Where blocks end depends on the key. With this key, every block is long enough to stay known once its day is
    // sealed.
    try Self.setLedgerKey(Data(1...16), of: scratch)
    let files = try Self.logs(scratch)
    let job = try Job(scratch)
    try job.merge(try job.parts(of: files.map { [$0] }, reducers: 2))
    let before = try scratch.dump()
    let outcomes = try scratch.importFiles(files).outcomes
    #expect(outcomes[.alreadyImported] == outcomes.total)
    #expect(try scratch.dump() == before)
    #expect(try scratch.salts().isEmpty)
  }

  @Test func nothingOfALineIsInTheStream() throws {
    let scratch = try Scratch()
    let stream = try Job(scratch).map(try Self.logs(scratch)).joined(separator: "\n")
    for raw in ["192.0.2.", "198.51.100.", "2001:db8", "Mozilla", "Gecko"] { #expect(!stream.contains(raw)) }
    #expect(stream.contains("Firefox"))
  }

  @Test func wholeDaysAreReplacedWhereThatIsAskedFor() throws {
    let scratch = try Scratch()
    let files = try Self.logs(scratch)
    let job = try Job(scratch)
    _ = try scratch.importFiles([files[0]])
    let parts = try job.parts(of: files.map { [$0] }, reducers: 2)
    #expect(throws: Refusal.self) { try job.merge(parts) }
    try job.merge(parts, replaces: true)
    #expect(try scratch.dump() == (try Self.imported()))
  }
}

import Foundation
import Importing
import PageNames
import SaltVault
import Sealing
import StatsStore
import TestSupport

/// A new folder with a database and logs of invented lines. It is removed with this object.
public final class Scratch {
  /// The folder.
  public let folder: String
  /// How pages are named in imports.
  public var naming = SiteNaming()
  /// The path of the database in it; the file does not exist at first.
  public var database: String { folder + "/stats.db" }

  /// Makes the folder, with rules for one browser and one robot.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("footfall-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder + "/rules", withIntermediateDirectories: true)
    for (name, text) in [
      ("browsers.rules", "browser\t-\t(Firefox)/(\\d+)\t\t\t\t\t\n"),
      ("crawlers.rules", "Googlebot\\/\tsearch-engine\n"),
      ("REVISIONS", "tests\t1\ttests\n"),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/rules/" + name))
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Returns lines of a day in September 2024, in order of time; equal seeds give equal lines.
  public static func lines(day: Int, count: Int, seed: UInt64) -> [String] {
    var chance = SeededGenerator(seed: seed)
    let seconds = (0..<count).map { _ in Int.random(in: 0..<86_400, using: &chance) }.sorted()
    return seconds.map { second in
      let network = ["192.0.2", "198.51.100", "203.0.113"].randomElement(using: &chance) ?? "192.0.2"
      let address = "\(network).\(Int.random(in: 1...254, using: &chance))"
      let path = "/page/\(Int.random(in: 0..<50, using: &chance))"
      let version = Int.random(in: 120...150, using: &chance)
      let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      return "\(address) - - [0\(day)/Sep/2024:\(clock.joined(separator: ":")) +0000] \"GET \(path) HTTP/1.1\" 200 "
        + "\(second) \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:\(version).0) Gecko/20100101 Firefox/\(version).0\""
    }
  }

  /// Writes a log and returns its path.
  @discardableResult
  public func write(_ lines: [String], to name: String = "access.log") throws -> String {
    let path = folder + "/" + name
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Returns the options for importing some files into the database.
  public func options(
    _ paths: [String], site: String?, events: [String] = [], delay: Int64 = Sealing.usualDelay, atOnce: Bool = false
  ) -> ImportOptions {
    var options = ImportOptions(
      paths: paths, database: database, site: site, timeZone: nil, reading: ReadingOptions(), geo: [],
      robotAddresses: RobotAddressOptions(), events: events, workers: 2,
      takesPartialTail: true, overlap: .refuse, rereads: false, maxRejectRate: 0.5, rejectsFile: nil, wait: 0,
      sealDelay: delay, sealsAtOnce: atOnce, version: "test", rules: RuleOptions(folder: folder + "/rules"))
    options.naming = naming
    return options
  }

  /// Imports lines as a log.
  @discardableResult
  public func importLines(
    _ lines: [String], as name: String = "access.log", site: String = "example.com", events: [String] = [],
    delay: Int64 = Sealing.usualDelay, atOnce: Bool = false
  ) throws -> ImportSummary {
    let path = try write(lines, to: name)
    return try ImportRun(options([path], site: site, events: events, delay: delay, atOnce: atOnce))
      .run(onProblem: { _ in }, onProgress: { _ in })
  }

  /// Opens the database for writing.
  public func store() throws -> StatsStore {
    try StatsStore(path: database, mode: .write(wait: 0))
  }

  /// Opens the database's vault.
  public func vault() throws -> SaltVault {
    try SaltVault(besideDatabase: database)
  }

  /// Opens the database and its vault, and closes them afterwards.
  public func withSealing<Value>(_ body: (Sealing, StatsStore) throws -> Value) throws -> Value {
    let store = try store()
    return try body(Sealing(store, try vault()), store)
  }

  /// Replaces a day of example.com with the contents of a log.
  public func rebuild(_ day: Int32, from path: String) throws {
    let run = try RebuildRun(options([path], site: "example.com"), site: "example.com", day: day)
    let effect = try run.count(onProblem: { _ in }, onProgress: { _ in })
    _ = try run.replace(by: effect)
  }

  /// Undoes an import.
  public func undo(_ id: Int64) throws {
    try Undoing(id, try store(), try vault()).run()
  }

  /// Returns the statistics as text.
  public func dump() throws -> String {
    var text = ""
    try StatsStore(path: database, mode: .read).dump { text += $0 }
    return text
  }

  /// Returns the names of the salts in the vault.
  public func salts() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: database + ".vault/salts").sorted()
  }

  /// Returns all bytes of the database, its journal and the vault.
  public func bytesOnDisk() throws -> Data {
    var bytes = Data()
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasPrefix("stats.db") {
      bytes += (try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))) ?? Data()
    }
    return bytes
  }
}

import Foundation

/// A random log and the reference's results for it.
struct RandomLog {
  let scratch: Scratch
  /// The folder of the log: `vhost-*` of several sites, `combined-*` of one.
  let folder: URL
  /// The expected output of `footfall dump`.
  let dump: String
  /// The event rules for counting it, as flags.
  let events: [String]
  /// The books of importing `vhost-*` and `combined-*`.
  let books: [String: Books]

  /// Writes a log and lets the reference count it.
  init(seed: Int, visitors: Int) async throws {
    scratch = try Scratch()
    folder = try scratch.subfolder("log")
    try await scratch.script("random_log.py", [folder.path, String(seed), String(visitors)])
    try await scratch.script("reference.py", [folder.path])
    let rules = try String(contentsOf: folder.appendingPathComponent("events.txt"), encoding: .utf8)
    events = rules.split(separator: "\n").flatMap { ["--event", String($0)] }
    dump = try String(contentsOf: folder.appendingPathComponent("expected.txt"), encoding: .utf8)
    let json = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    books = try JSONDecoder().decode([String: Books].self, from: json)
  }

  /// Makes the sites of `vhost-*` in a new database.
  func addSites(_ database: URL) async throws {
    let sites = [
      ["example.com", "--timezone", "Europe/Berlin", "--alias", "example.net"],
      ["example.org", "--timezone", "America/New_York"], ["x.de", "--timezone", "Asia/Kathmandu"],
    ]
    for site in sites { try await scratch.footfall(["sites", "add"] + site + ["--db", database.path]) }
  }

  /// Imports all files of a folder, by default the log's own, and returns the books by format.
  func `import`(_ database: URL, from other: URL? = nil, flags: [String] = []) async throws -> [String: Books] {
    let place = other ?? folder
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    var books: [String: Books] = [:]
    for (form, site) in [("vhost", []), ("combined", ["--site", "single.example", "--timezone", "Europe/Berlin"])] {
      let files = names.filter { $0.hasPrefix(form + "-") }
      let arguments = ["import"] + files + site + ["--db", database.path, "--json"] + events + flags
      let summary = Data(try await scratch.footfall(arguments, in: place).utf8)
      books[form] = try JSONDecoder().decode(Books.self, from: summary)
    }
    return books
  }

  /// Returns the differences between the statistics of a database and the expected ones: the first few lines of each
  /// side.
  func difference(_ database: URL) async throws -> [String] {
    let got = Set(try await scratch.footfall(["dump", "--db", database.path]).split(separator: "\n"))
    let expected = Set(dump.split(separator: "\n"))
    return expected.subtracting(got).sorted().prefix(5).map { "missing: " + $0 }
      + got.subtracting(expected).sorted().prefix(5).map { "too much: " + $0 }
  }
}

/// The books of an import, as `--json` prints them.
struct Books: Codable, Equatable {
  struct File: Codable, Equatable {
    var name: String
    var lines: Int
    var outcomes: [String: Int]
    var problem: String?
  }

  var lines: Int
  var outcomes: [String: Int]
  var files: [File]
  var unknown_hosts: [String: Int]

  /// The same without the files, which may differ.
  var total: Books { Books(lines: lines, outcomes: outcomes, files: [], unknown_hosts: unknown_hosts) }
}

import Foundation

/// A random log and the reference's results for it.
struct RandomLog {
  let scratch: Scratch
  /// The folder of the log: `vhost-*` of several sites, `combined-*` of one, `headers-*` of one that logs more headers.
  let folder: URL
  /// The expected output of `footfall dump`.
  let dump: String
  /// The flags for counting it: event rules, and lists of robots' networks.
  let flags: [String]
  /// The books of importing each kind of log.
  let books: [String: Books]

  /// The format of `headers-*`.
  private static let headers = """
    $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" \
    "$http_dnt" "$http_signature_agent"
    """

  /// Writes a log and lets the reference count it.
  init(seed: Int, visitors: Int) async throws {
    scratch = try Scratch()
    folder = try scratch.subfolder("log")
    try await scratch.script("random_log.py", [folder.path, String(seed), String(visitors)])
    try await scratch.script("reference.py", [folder.path])
    let words = try String(contentsOf: folder.appendingPathComponent("flags.txt"), encoding: .utf8)
    flags = words.split(separator: "\n").map(String.init)
    dump = try String(contentsOf: folder.appendingPathComponent("expected.txt"), encoding: .utf8)
    let json = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    books = try JSONDecoder().decode([String: Books].self, from: json)
  }

  /// Makes the sites of `vhost-*` in a new database.
  func addSites(_ database: URL) async throws {
    let sites = [
      [
        "example.com", "--timezone", "Europe/Berlin", "--alias", "example.net", "--funnel",
        "Way: page:/* > Signup > page:/about*", "--funnel", "Deep: page:/*e > page:/* > page:/?* > 404",
      ],
      ["example.org", "--timezone", "America/New_York", "--funnel", "Lost: Download > page:/never"],
      ["x.de", "--timezone", "Asia/Kathmandu"],
    ]
    for site in sites { try await scratch.footfall(["sites", "add"] + site + ["--db", database.path]) }
  }

  /// Imports all files, and returns the books by kind of log.
  ///
  /// - Parameter other: a folder with the files of `vhost-*` and `combined-*`; by default the log's own.
  func `import`(_ database: URL, from other: URL? = nil, flags more: [String] = []) async throws -> [String: Books] {
    let berlin = ["--timezone", "Europe/Berlin"]
    let forms: [(String, URL, [String])] = [
      ("vhost", other ?? folder, []), ("combined", other ?? folder, ["--site", "single.example"] + berlin),
      ("headers", folder, ["--site", "headers.example", "--format", Self.headers] + berlin),
    ]
    var books: [String: Books] = [:]
    for (form, place, site) in forms {
      let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
      let files = names.filter { $0.hasPrefix(form + "-") }
      let arguments = ["import"] + files + site + ["--db", database.path, "--json"] + flags + more
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

import Foundation
import TestSupport
import Testing

@testable import Configuring

@Suite struct ConfigFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func file(_ text: String) throws -> ConfigFile {
    try ConfigFile(path: folder.write(Array(text.utf8), to: "footfall.toml"))
  }

  /// Returns what is wrong with a text, without the file's name.
  private func faults(_ text: String) -> [String] {
    do {
      _ = try file(text)
      return []
    } catch let faults as ConfigFaults {
      return faults.faults.map { String($0.description.dropFirst(folder.path.count + 1)) }
    } catch {
      return ["\(error)"]
    }
  }

  private func arguments(_ text: String, _ command: String, besides given: Set<String> = []) throws -> [String] {
    try file(text).entries(for: command, besides: given).flatMap(\.arguments).sorted()
  }

  @Test func keysAreFlagsOfTheCommandsThatHaveThem() throws {
    let text = """
      db = "/srv/stats.db"
      quiet = true
      json = false
      wait = 2.5
      exclude = ["path:/a b", "status:5*"]
      limit = 20
      """
    #expect(
      try arguments(text, "import") == [
        "--db=/srv/stats.db", "--exclude=path:/a b", "--exclude=status:5*", "--quiet", "--wait=2.5",
      ])
    #expect(try arguments(text, "report") == ["--db=/srv/stats.db", "--limit=20"])
    #expect(try arguments(text, "import", besides: ["exclude", "db", "wait"]) == ["--quiet"])
  }

  @Test func aRivalOfAKeyTakesItsPlace() throws {
    #expect(try arguments("keep = \"25months\"", "prune") == ["--keep=25months"])
    #expect(try arguments("keep = \"25months\"", "prune", besides: ["before"]).isEmpty)
  }

  @Test func aTableOfACommandComesBeforeTheKeysForAll() throws {
    let text = "wait = 1\nsite = \"a.example\"\n[import]\nwait = 60\n[report]\nsite = \"b.example\"\n"
    #expect(try arguments(text, "import") == ["--site=a.example", "--wait=60"])
    #expect(try arguments(text, "report") == ["--site=b.example"])
    #expect(try arguments(text, "undo") == ["--wait=1"])
  }

  @Test func relativePathsStartAtTheFile() throws {
    let text =
      "db = \"stats.db\"\ngeo = \"none\"\nbot-addresses = [\"a\", \"/b\"]\ndata = \"/rules\"\n"
      + "suspect-networks = \"c\"\n"
    #expect(
      try arguments(text, "import") == [
        "--bot-addresses=/b", "--bot-addresses=\(folder.path)/a", "--data=/rules", "--db=\(folder.path)/stats.db",
        "--geo=none", "--suspect-networks=\(folder.path)/c",
      ])
  }

  @Test func logsAreOperandsAndNoFlags() throws {
    let text = "logs = \"all.log\"\n[import]\nlogs = [\"a*.log\", \"/b\", \"-\"]\n"
    let file = try file(text)
    #expect(file.logs(for: "import") == ["\(folder.path)/a*.log", "/b", "-"])
    #expect(file.logs(for: "paths") == ["\(folder.path)/all.log"])
    #expect(file.logs(for: "formats").isEmpty)
    #expect(try arguments(text, "import").isEmpty)
  }

  @Test(arguments: [
    ("sit = \"x\"", ["footfall.toml:1:1: no key 'sit'; did you mean 'site'?"]),
    ("# a\n\n  exlude = []", ["footfall.toml:3:3: no key 'exlude'; did you mean 'exclude'?"]),
    ("[import]\nlimit = 3", ["footfall.toml:2:1: no key 'limit' in [import]; see docs/config.md"]),
    ("[imprt]\nwait = 3", ["footfall.toml:1:2: no key 'imprt'; did you mean 'import'?"]),
    ("zzzzzzz = 1", ["footfall.toml:1:1: no key 'zzzzzzz'; see docs/config.md"]),
    ("workers = \"two\"", ["footfall.toml:1:1: 'workers' must be a whole number"]),
    ("quiet = \"yes\"", ["footfall.toml:1:1: 'quiet' must be true or false"]),
    ("exclude = \"path:/a\"", ["footfall.toml:1:1: 'exclude' must be a list of texts, as in [\"one\", \"two\"]"]),
    ("exclude = [\"a\", 1]", ["footfall.toml:1:1: 'exclude' must be a list of texts, as in [\"one\", \"two\"]"]),
    (
      "site = 1\nwait = true",
      [
        "footfall.toml:1:1: 'site' must be a text in quotes", "footfall.toml:2:1: 'wait' must be a number",
      ]
    ),
    (
      "[[sites]]\nhost = \"a.example\"\nalias = []",
      [
        "footfall.toml:3:1: no key 'alias' in [[sites]]; did you mean 'aliases'?"
      ]
    ),
    (
      "[[sites]]\ntimezone = \"UTC\"",
      [
        "footfall.toml:1:3: this site has no host; add one as in host = \"example.com\""
      ]
    ),
    ("sites = 3", ["footfall.toml:1:1: 'sites' must be tables that begin with [[sites]]"]),
    ("db.x = 1", ["footfall.toml:1:1: 'db' must be a text in quotes"]),
  ])
  func whatIsWrongIsToldWithItsPlace(_ text: String, _ expected: [String]) {
    #expect(faults(text) == expected)
  }

  @Test func whatIsNoTOMLIsToldWithItsPlace() {
    let told = faults("db = \"a\"\nsite = \n")
    #expect(told.count == 1 && told[0].hasPrefix("footfall.toml:2:8: invalid TOML: "), "\(told)")
    #expect(faults("db = \"a\"\ndb = \"b\"\n").first?.contains(":2:") == true)
  }

  @Test func aFileThatIsNotThereIsTold() {
    #expect(throws: ConfigFaults.self) { try ConfigFile(path: folder.path("no.toml")) }
  }

  @Test func placesAreFoundPastAllKindsOfValues() throws {
    let text = """
      # db = 1
      exclude = [ # a list
        "path:[x]", 'agent:"#"',
      ]
      rejects = \"\"\"
      db = 3
      \"\"\"
      [import] # a table
      "quiet" = true
      sitt = 1
      """
    #expect(faults(text) == ["footfall.toml:10:1: no key 'sitt' in [import]; did you mean 'site'?"])
    #expect(faults(text.replacingOccurrences(of: "\n", with: "\r\n")) == faults(text))
  }

  @Test func sitesAreReadInOrder() throws {
    let text = """
      [[sites]]
      host = "example.com"
      aliases = ["*.example.org"]
      [[sites]]
      host = "shop.example"
      timezone = "Europe/Berlin"
      exclude = ["path:/admin/*"]
      assets = "+x"
      """
    let sites = try file(text).sites
    #expect(sites.map(\.host) == ["example.com", "shop.example"])
    #expect(sites[0].aliases == ["*.example.org"] && sites[0].exclude == [])
    #expect(sites[1].timezone == "Europe/Berlin")
    #expect(sites[1].exclude == ["path:/admin/*"] && sites[1].assets == "+x")
    #expect(sites[1].place == ConfigPlace(line: 4, column: 3))
  }

  @Test(arguments: [("exlude", "exclude"), ("wiat", "wait"), ("xxxxxx", nil)] as [(String, String?)])
  func theNearestNameIsTwoChangesAwayAtMost(_ text: String, _ name: String?) {
    #expect(Nearest.name(to: text, among: ["exclude", "include", "wait"]) == name)
  }
}

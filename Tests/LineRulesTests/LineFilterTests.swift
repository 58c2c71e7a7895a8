import ByteScanning
import Testing

@testable import LineRules

/// The parts of a line.
private struct Parts {
  var path = "/blog/a?x=1"
  var host = "Shop.Example:443"
  var method = "GET"
  var agent = "Mozilla/5.0 (compatible; UptimeRobot/2.0)"
  var address = "192.0.2.7"
  var status = 200

  /// Returns whether a rule matches the line.
  func fit(_ rule: String) throws -> Bool {
    var filter = try #require(try LineFilter(LineRules(exclude: [LineRule(rule)])))
    return isExcluded(by: &filter)
  }

  func isExcluded(by filter: inout LineFilter) -> Bool {
    var bytes: [UInt8] = []
    func add(_ text: String) -> Range<Int> {
      bytes.append(0x22)
      bytes += Array(text.utf8)
      return bytes.count - text.utf8.count..<bytes.count
    }
    let fields = LineFields(
      host: add(host), method: add(method), target: add(path), agent: add(agent), address: add(address),
      status: status)
    bytes.append(0x22)
    return filter.excludes(bytes.span, fields)
  }
}

@Suite struct LineFilterTests {
  @Test(arguments: [
    ("path:/blog/*", true), ("path:/blog/a", true), ("path:/BLOG/*", false), ("path:/blog/a?x=1", false),
    ("path:/^\\/blog\\//", true), ("path:/(?i)^\\/BLOG/", true), ("path:/^\\/$/", false), ("!path:/blog/*", false),
    ("!path:/shop/*", true), ("host:shop.example", true), ("host:*.example", true), ("host:*.example.com", false),
    ("status:200", true), ("status:2*", true), ("status:/^[45]/", false), ("!status:404", true), ("method:get", true),
    ("method:POST", false), ("agent:*uptimerobot*", true), ("agent:/monitor|uptime/", true),
    ("agent:Mozilla*compatible; Up*", true), ("agent:curl*", false), ("address:192.0.2.7", true),
    ("address:192.0.2.0/24", true), ("address:192.0.2.8/29", false), ("address:192.0.2.0/29", true),
    ("address:192.0.*", true), ("address:::ffff:192.0.2.7", true), ("address:2001:db8::/32", false),
    ("address:0.0.0.0/0", true), ("path:/blog/* status:200", true), ("path:/blog/* status:404", false),
    ("path:/blog/* !agent:/uptime/", false), ("  status:2??   method:G?T ", true),
  ])
  func aRuleFitsOrNot(_ rule: String, _ fits: Bool) throws {
    #expect(try Parts().fit(rule) == fits)
  }

  @Test func pathsAreComparedInTheirNormalForm() throws {
    #expect(try Parts(path: "/%61dmin/x/../y").fit("path:/admin/y"))
    #expect(try Parts(path: "http://shop.example/admin?q").fit("path:/admin"))
    #expect(try Parts(path: "*").fit("path:\\*"))
  }

  @Test func aLineWithoutAFieldFitsStarsOnly() throws {
    #expect(try Parts(host: "", agent: "").fit("host:* agent:*"))
    #expect(try !Parts(host: "").fit("host:*.example"))
    #expect(try Parts(status: -1).fit("!status:2*"))
  }

  @Test func includesAreAlternativesAndExcludesWin() throws {
    let rules = LineRules(
      include: [try LineRule("path:/blog/*"), try LineRule("path:/shop/*")],
      exclude: [try LineRule("path:*/draft")])
    var filter = try #require(try LineFilter(rules))
    let paths = ["/blog/a", "/shop/", "/", "/blog/draft", "/x/draft"]
    #expect(paths.map { Parts(path: $0).isExcluded(by: &filter) } == [false, false, true, true, true])
  }

  @Test func withoutRulesThereIsNoFilter() throws {
    #expect(try LineFilter(LineRules()) == nil)
  }

  @Test(arguments: [
    ("", "empty"), ("   ", "empty"), ("admin", "does not begin with"), ("url:/x", "does not begin with"),
    ("path:", "nothing follows"), ("address:192.0.2.1/24", "beyond the prefix length"),
    ("address:192.0.2.0/33", "must be from 0 to 32"), ("path:/admin/", "a path or a regular expression"),
    ("path:/blog/*/", "a path or a"),
    ("agent:/(/", "not a valid regular expression"), ("status:2* path:", "nothing follows"),
  ])
  func mistakesAreTold(_ rule: String, _ words: String) {
    let mistake = #expect(throws: RuleMistake.self) { try LineRule(rule) }
    #expect(mistake?.description.contains(words) == true, "\(mistake?.description ?? "")")
  }

  @Test func aSlashAtTheEndCanBeWritten() throws {
    #expect(try Parts(path: "/admin/").fit("path:/admin\\/"))
    #expect(try !Parts(path: "/admin/x").fit("path:/admin\\/"))
  }
}

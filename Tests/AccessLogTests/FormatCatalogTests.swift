import AccessLog
import Testing

/// Checks what the catalog says about its formats, which users read.
@Suite struct FormatCatalogTests {
  private static let instant: Int64 = 1_728_568_536

  /// Formats without a time of their own; they use the time of an envelope.
  private static let timeless: Set = ["uvicorn", "morgan_short"]

  /// Formats without methods; their requests count as GETs.
  private static let methodless: Set = ["bunny", "matomo_json"]

  /// The formats detected for examples where they differ from the entry's own: either the summary says so, or one line
  /// cannot distinguish the two.
  private static let readAs: [String: String] = [
    "common": "combined", "vhost_common": "vhost_combined", "iis": "w3c", "cloudfront": "w3c",
    "traefik_clf": "combined", "nginx_ingress": "combined", "varnishncsa": "combined", "gunicorn": "combined",
    "hypercorn": "stamp+combined", "twisted": "stamp+combined", "daphne": "combined", "werkzeug": "combined",
    "gevent": "combined", "cherrypy": "combined", "aiohttp": "combined", "rack": "combined", "tomcat": "combined",
    "jetty": "combined", "fastly": "json", "matomo_json": "json",
  ]

  @Test(arguments: FormatCatalog.names)
  func exampleIsReadUnderItsName(_ name: String) throws {
    let entry = try #require(FormatCatalog.entries.first { $0.format.name == name })
    let isTimeless = Self.timeless.contains(name)
    let format = isTimeless ? entry.format.behind(.stamp) : entry.format
    let example = (isTimeless ? "2024-10-10T13:55:36.5Z " : "") + entry.example
    let lines = ReadLine.all(Array(example.utf8), format)
    #expect(lines.count == 1)
    let line = try #require(lines.first ?? nil)
    let client = line.forwarded.isEmpty ? line.address : line.forwarded
    #expect(["192.0.2.1", "192.0.2.1:50000", "\"192.0.2.1\"", "198.51.100.9"].contains(client))
    #expect(line.timestamp == Self.instant)
    #expect(line.url.hasSuffix("/page"))
    #expect(line.status == 200)
    #expect(line.method == (Self.methodless.contains(name) ? "" : "GET"))
    if example.contains("2326") { #expect(line.size == 2_326) }
    if example.contains("https://example.org/") { #expect(line.referrer == "https://example.org/") }
    if example.contains("Mozilla") { #expect(line.userAgent.hasPrefix("Mozilla/5.0")) }
  }

  @Test(arguments: FormatCatalog.names)
  func exampleIsFoundWithoutItsName(_ name: String) throws {
    let entry = try #require(FormatCatalog.entries.first { $0.format.name == name })
    let isTimeless = Self.timeless.contains(name)
    let example = Array(((isTimeless ? "2024-10-10T13:55:36.5Z " : "") + entry.example).utf8)
    let finding = FormatDetector().detect(example.span, example.indices)
    #expect(finding.format?.name == Self.readAs[name] ?? ((isTimeless ? "stamp+" : "") + name))
  }

  /// A format without a time is refused for that reason and no other.
  @Test(arguments: ["uvicorn", "morgan_short"]) func formatsWithoutATimeAreDoubted(_ name: String) throws {
    let entry = try #require(FormatCatalog.entries.first { $0.format.name == name })
    let lines = Array(String(repeating: entry.example + "\n", count: 5).utf8)
    let finding = FormatDetector().detect(lines.span, lines.indices)
    #expect(finding.format == nil)
    #expect(finding.doubted.first?.doubt == .time)
    #expect(ReadLine.each(lines, entry.format).first?.reason == .time)
  }

  @Test func namesAreToldOnce() {
    #expect(Set(FormatCatalog.names).count == FormatCatalog.names.count)
    #expect(Set(FormatCatalog.entries.map(\.family)) == Set(FormatCatalog.Family.allCases))
  }
}

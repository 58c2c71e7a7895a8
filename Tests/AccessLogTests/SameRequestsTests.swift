import AccessLog
import Foundation
import Hits
import TestSupport
import Testing

/// The same requests in every format give the same values, and each format is detected.
@Suite struct SameRequestsTests {
  /// What a format lacks.
  struct Missing: OptionSet {
    let rawValue: Int
    static let host = Missing(rawValue: 1)
    static let referrer = Missing(rawValue: 2)
    static let agent = Missing(rawValue: 4)
    static let method = Missing(rawValue: 8)
    static let size = Missing(rawValue: 16)
    /// Number signs before digits: HAProxy escapes them, but the program that generated the file did not.
    static let numberSigns = Missing(rawValue: 32)
    /// What terse servers omit.
    static let headers: Missing = [.host, .referrer, .agent]
  }

  @Test(
    arguments: [
      ("combined.log", "combined", .host), ("combined_forwarded.log", "combined_forwarded", .host),
      ("common.log", "combined", [.host, .referrer, .agent]), ("vhost_combined.log", "vhost_combined", []),
      ("vhost_common.log", "vhost_combined", [.referrer, .agent]), ("traefik_clf.log", "combined", .host),
      ("json.log", "json", []), ("caddy.log", "caddy", []), ("caddy_old.log", "caddy", []),
      ("traefik.log", "traefik", []), ("ltsv.log", "ltsv", []), ("logfmt.log", "logfmt", []), ("w3c.log", "w3c", []),
      ("cloudfront.log", "w3c", []),
      ("alb.log", "alb", .referrer), ("elb.log", "elb", .referrer), ("s3.log", "s3", []),
      ("haproxy.log", "haproxy", []),
      ("syslog_combined.log", "syslog+combined", .host), ("mixed.log", "combined and json", .host),
      ("vhost_combined_forwarded.log", "vhost_combined_forwarded", []), ("lighttpd.log", "lighttpd", []),
      ("squid_common.log", "squid_common", [.referrer, .agent]), ("haproxy_clf.log", "syslog+haproxy_clf", []),
      ("nginx_proxy_manager.log", "nginx_proxy_manager", []), ("envoy.log", "envoy", .referrer),
      ("istio.log", "istio", .referrer), ("envoy_json.log", "envoy_json", []),
      ("squid.log", "squid", [.referrer, .agent]), ("cloudfront_json.log", "cloudfront_json", []),
      ("google_cloud.log", "google_cloud", []), ("azure.log", "azure", []), ("vercel.log", "vercel", []),
      ("bunny.log", "bunny", .method), ("heroku.log", "heroku", [.referrer, .agent]),
      ("uvicorn.log", "stamp+uvicorn", [.headers, .size]), ("granian.log", "granian", [.headers, .size]),
      ("tornado.log", "tornado", [.headers, .size]), ("uwsgi.log", "uwsgi", .headers),
      ("sanic.log", "sanic", [.referrer, .agent]), ("morgan_short.log", "cri+morgan_short", .headers),
      ("cri_combined.log", "cri+combined", .host), ("compose_combined.log", "compose+combined", .host),
      ("stamp_combined.log", "stamp+combined", .host), ("level_common.log", "level+combined", [.headers, .size]),
      ("json_combined.log", "json+combined", .host), ("syslog_forms.log", "syslog+combined", .host),
    ] as [(String, String, Missing)])
  func fixture(_ file: String, _ format: String, _ missing: Missing) throws {
    let folder = SharedData.packageRoot.appendingPathComponent("fixtures/formats/")
    let expected = try Self.read(folder.path + "/vhost_combined.log", "vhost_combined")
    #expect(expected.count == 18)
    try Self.compare(folder.path + "/" + file, format, missing, expected)
  }

  @Test(
    .enabled(if: SharedData.exists("corpora/derived_formats"), "needs the real logs of ../shared/corpora"),
    arguments: [
      ("combined.log", "combined", .host), ("combined_xff.log", "combined_forwarded", .host),
      ("common.log", "combined", [.host, .referrer, .agent]), ("combined_rt_s.log", "combined", .host),
      ("combined_D_us.log", "combined", .host), ("vhost_combined.log", "vhost_combined", []),
      ("vhost_port_combined.log", "vhost_combined", []), ("traefik_clf.log", "combined", .host),
      ("nginx_json.jsonl", "json", []), ("nginx_json_escaped.jsonl", "json", []), ("caddy.jsonl", "caddy", []),
      ("traefik.jsonl", "traefik", []), ("ltsv.log", "ltsv", []), ("w3c_iis.log", "w3c", []),
      ("cloudfront.log", "w3c", []), ("alb.log", "alb", .referrer), ("s3.log", "s3", []),
      ("haproxy_http.log", "haproxy", .numberSigns),
    ] as [(String, String, Missing)])
  func twoThousandRealRequests(_ file: String, _ format: String, _ missing: Missing) throws {
    let folder = SharedData.path("corpora/derived_formats") + "/"
    let expected = try Self.read(folder + "vhost_combined.log", "vhost_combined")
    #expect(expected.count == 2_000)
    try Self.compare(folder + file, format, missing, expected)
  }

  private static func read(_ path: String, _ format: String) throws -> [ReadLine] {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    return try ReadLine.all(bytes, try FormatText.format(format)).map { try #require($0) }
  }

  private static func compare(_ path: String, _ name: String, _ missing: Missing, _ expected: [ReadLine]) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let finding = FormatDetector().detect(bytes.span, 0..<bytes.count)
    #expect(finding.format?.name == name)
    #expect(finding.rate == 1)
    let lines = ReadLine.all(bytes, try #require(finding.format))
    #expect(lines.count == expected.count)
    for (number, (line, wanted)) in zip(lines, expected).enumerated() {
      guard let line else {
        Issue.record("line \(number + 1) is malformed")
        return
      }
      let (found, other) = (Self.reduced(line, missing), Self.reduced(wanted, missing))
      guard found == other else {
        Issue.record("line \(number + 1): \(found), not \(other)")
        return
      }
    }
  }

  /// Returns the line without what the format lacks and what formats write differently: ports, and bare `+`.
  private static func reduced(_ line: ReadLine, _ missing: Missing) -> ReadLine {
    var line = line
    if !line.forwarded.isEmpty { line.address = String(line.forwarded.prefix { $0 != "," }) }
    line.forwarded = ""
    line.address = withoutPort(line.address)
    if line.url.hasPrefix("http"), let slashes = line.url.range(of: "://") {
      let place = line.url[slashes.upperBound...]
      line.host = String(place.prefix { $0 != "/" })
      line.url = String(place.dropFirst(line.host.count))
    }
    line.host = missing.contains(.host) ? "" : withoutPort(line.host)
    if missing.contains(.method) { line.method = "" }
    if missing.contains(.size) { line.size = 0 }
    if missing.contains(.numberSigns) { line.userAgent = line.userAgent.replacing("#07", with: "\u{7}") }
    if missing.contains(.referrer) { line.referrer = "" }
    line.userAgent = missing.contains(.agent) ? "" : line.userAgent.replacing("+", with: " ")
    return line
  }

  private static func withoutPort(_ text: String) -> String {
    if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
    if text.hasSuffix(":50000") { return String(text.dropLast(6)) }
    return text.count { $0 == ":" } == 1 ? String(text.prefix { $0 != ":" }) : text
  }
}

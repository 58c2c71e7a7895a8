import AccessLog
import Foundation
import TestSupport
import Testing

/// Logs that real servers and envelopes wrote for the same requests: `corpora/real_servers`, described in its README.
/// Each file is read correctly or refused.
@Suite(.enabled(if: SharedData.exists("corpora/real_servers"), "needs the real logs of ../shared/corpora/real_servers"))
struct RealServersTests {
  private static let folder = SharedData.path("corpora/real_servers")

  /// The files and the formats in which they are read, nil if none of our formats fits and none is named.
  static let formats: [(file: String, format: String?)] = [
    ("apache2471-apjson", "json"), ("apache2471-combined", "combined"), ("apache2471-common", "combined"),
    ("apache2471-msecfrac", "combined"), ("apache2471-vhost_combined", "vhost_combined"), ("apache2471-weird", nil),
    ("ats-squid", "squid"), ("c211-console", "stamp+caddy"), ("c211-json", "caddy"), ("c211-rfc3339", "caddy"),
    ("c211-wall", "caddy"), ("compose", "compose+combined_forwarded"), ("cri", "cri+combined_forwarded"),
    ("docker-json", "json+combined_forwarded"), ("envoy140-default", "envoy"), ("envoy140-json", "envoy_json"),
    ("h2o", "combined"), ("haproxy-to-caddy", "caddy"), ("haproxy26-cap", "haproxy"),
    ("haproxy26-clf", "syslog+haproxy_clf"), ("haproxy26-plain", "haproxy"), ("icecast2", "combined"),
    ("istio-json", "envoy_json"), ("jetty9", "combined"), ("journal-json", "json+combined and json+envoy"),
    ("journal-short", "syslog+combined and syslog+envoy"), ("lighttpd", "lighttpd"), ("loggly-min", "json"),
    ("multilog-t", "stamp+combined"), ("nginx122-combined", "combined"), ("nginx122-json", "json"),
    ("nginx122-msec", nil), ("nginx122-syslog", "syslog+combined"), ("nginx122-vh", "vhost_combined"),
    ("nginx131-combined", "combined"), ("nginx131-json", "json"), ("nginx131-jsondefault", "json"),
    ("nginx131-vh", "vhost_combined"), ("py-aiohttp", "combined"), ("py-daphne", "combined"), ("py-gevent", "combined"),
    ("py-granian", "granian"), ("py-gunicorn", "combined"), ("py-httpserver", "combined"),
    ("py-hypercorn", "stamp+combined"), ("py-morgan-combined", "combined"), ("py-morgan-common", "combined"),
    ("py-morgan-dev", nil), ("py-morgan-short", nil), ("py-puma", "combined"), ("py-twist-cmd", "json+combined"),
    ("py-twistd", "stamp+combined"), ("py-uvicorn", nil), ("py-webrick", "combined"), ("py-werkzeug", "combined"),
    ("rot.2026-11-29", "combined"), ("rsyslog-file", "syslog+combined"), ("rsyslog-fwd", "syslog+combined"),
    ("rsyslog-s23", "syslog+combined"), ("rsyslog-tradfwd", "syslog+combined"), ("squid-access", "squid"),
    ("squid-common", "squid_common"), ("svlogd-tt", "stamp+combined"), ("tomcat10", "combined"), ("uwsgi", "uwsgi"),
    ("varnishncsa", "combined"), ("yaws", "combined"),
  ]

  @Test func allFilesAreTried() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".log") }
    #expect(Set(names) == Set(Self.formats.map { $0.file + ".log" }))
  }

  @Test(arguments: formats) func pagesAreReadOrTheFileIsRefused(_ file: String, _ format: String?) throws {
    let bytes = try Self.bytes(of: file)
    let finding = FormatDetector().detect(bytes.span, bytes.indices)
    #expect(finding.format?.name == format)
    guard let found = finding.format else { return }
    try Self.check(bytes, found)
  }

  /// If no format is found, a format that reads the lines is suggested, or the message says what they lack.
  @Test func refusedFilesAreExplained() throws {
    for file in ["apache2471-weird", "nginx122-msec"] {
      let bytes = try Self.bytes(of: file)
      let text = try #require(FormatDetector().detect(bytes.span, bytes.indices).suggestion)
      let lines = try Self.check(bytes, try FormatText.format(text), mayMissLines: true)
      #expect(lines > 20)
    }
    for file in ["py-morgan-short", "py-uvicorn"] {
      let bytes = try Self.bytes(of: file)
      #expect(FormatDetector().detect(bytes.span, bytes.indices).doubted.map(\.doubt) == [.time])
    }
  }

  /// The same logs in the formats that an operator would name, with an envelope's time for those without one.
  @Test(arguments: [("py-uvicorn", "stamp+uvicorn"), ("py-morgan-short", "stamp+morgan_short")])
  func timesOfEnvelopesServe(_ file: String, _ format: String) throws {
    let lines = try Self.bytes(of: file).split(separator: UInt8(ascii: "\n"))
    let bytes = lines.flatMap { Array("2026-11-29T06:20:58.123456789Z ".utf8) + $0 + [UInt8(ascii: "\n")] }
    #expect(FormatDetector().detect(bytes.span, bytes.indices).format?.name == format)
    #expect(try Self.check(bytes, try FormatText.format(format)) > 15)
  }

  // MARK: Pages

  /// Checks all lines of pages, and returns their number.
  @discardableResult
  private static func check(_ bytes: [UInt8], _ format: LogFormat, mayMissLines: Bool = false) throws -> Int {
    let raw = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var pages = 0
    for (number, (line, reason)) in ReadLine.each(bytes, format).enumerated() {
      let text = String(decoding: raw[number], as: UTF8.self)
      // The client is never a word of a prefix, even in lines that are not of a page.
      if let line { #expect(isClient(line.address), "\(text)") }
      guard let page = page(of: text) else { continue }
      guard let line else {
        #expect(mayMissLines || reason == .part, "\(text)")
        continue
      }
      pages += 1
      #expect(line.url.contains("/p\(page).html"), "\(text)")
      #expect(statuses(of: page).contains(line.status), "\(text)")
      #expect(hasNumber(line.status, text), "\(text)")
      if page == "24" { #expect(!line.address.hasPrefix("198"), "\(text)") }
      if let forwarded = forwarded[page], !line.forwarded.isEmpty {
        #expect(line.forwarded.contains(forwarded), "\(text)")
      }
    }
    return pages
  }

  /// Returns the number of the page that a line requests, by an expression that knows no format.
  private static func page(of text: String) -> String? {
    if let found = text.firstMatch(of: #/(?:GET|HEAD|POST) (?:http://[^/ ]+)?/p([0-9][0-9])\.html/#) {
      return String(found.output.1)
    }
    return text.firstMatch(of: #/"(?:uri|path|request)": ?"/p([0-9][0-9])\.html/#).map { String($0.output.1) }
  }

  /// Returns whether a client is loopback in any spelling, absent, or an address from a header of forwarded
  /// addresses.
  private static func isClient(_ text: String) -> Bool {
    let bare = text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
    let isLoopback = ["127.0.0.1", "::1", "[::1]", "::ffff:127.0.0.1"].contains { address in
      guard bare.hasPrefix(address) else { return false }
      return bare.dropFirst(address.count).allSatisfy { $0 == ":" || $0.isNumber }
    }
    // The clients in loggly-min.log and in Istio's log are made up.
    let isInvented = ["192.0.2.1", "192.0.2.2", "10.42.0.1:0"].contains(bare)
    return text.isEmpty || text == "-" || isLoopback || isInvented
      || forwarded.values.contains { text.hasSuffix($0) || text.hasSuffix($0 + ":0") }
  }

  private static let forwarded = ["20": "198.51.100.7", "21": "198.51.100.8", "22": "198.51.100.9"]

  private static func statuses(of page: String) -> [Int] {
    switch page {
    case "16": [200, 304]
    // Apache waited for a second request on the same connection.
    case "02": [200, 408]
    // Some servers do not support HEAD, or HTTP/1.0 without a host.
    case "13", "18": [200, 400, 405, 501]
    default: [200]
    }
  }

  private static func hasNumber(_ number: Int, _ text: String) -> Bool {
    text.split { !$0.isNumber }.contains { $0 == "\(number)" }
  }

  private static func bytes(of file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file + ".log")))
  }
}

import Collecting
import Hits
import PrivacyPipeline
import Testing

@Suite struct SignalReaderTests {
  @Test(
    arguments: [
      ("GET", "/app.css", 200, .asset), ("GET", "/a.PNG?v=1", 304, .asset), ("GET", "/f.woff2", 206, .asset),
      ("GET", "/lost.png", 404, nil), ("GET", "/no.png", 403, nil), ("GET", "/a.pdf", 200, nil),
      ("GET", "/feed.xml", 200, nil), ("GET", "/data.json", 403, nil),
      ("GET", "/robots.txt", 200, .robotsTxt), ("GET", "/robots.txt?x", 404, .robotsTxt),
      ("HEAD", "/robots.txt", 301, .robotsTxt), ("GET", "/%72obots.txt", 200, .robotsTxt),
      ("GET", "/a/robots.txt", 200, nil),
      ("GET", "/", 200, nil), ("GET", "/wp-login.php", 404, nil), ("GET", "/.env", 200, nil),
      ("GET", "/.env", 403, .probe), ("GET", "/.env", 301, .probe), ("POST", "/.env", 200, .probe),
      ("GET", "/a/.env", 301, nil), ("GET", "/a/.env", 403, .probe), ("GET", "/.git/logo.png", 404, .probe),
      ("POST", "/wp-login.php", 200, nil), ("POST", "/wp-login.php", 404, .probe), ("POST", "/xmlrpc.php", 403, .probe),
      ("GET", "/wp-admin/", 401, nil), ("GET", "/x/..//wp-admin/", 500, nil),
      ("GET", "/secret", 403, .refusal), ("GET", "/secret", 401, nil), ("GET", "/slow", 408, nil),
      ("GET", "/busy", 429, nil), ("GET", "/gone", 499, nil), ("GET", "/broken", 500, nil), ("GET", "/moved", 301, nil),
      ("POST", "/form", 404, .refusal), ("POST", "/form", 200, nil), ("POST", "/form", -1, nil),
      ("", "", 400, .refusal),
      ("CONNECT", "example.com:443", 405, .refusal), ("OPTIONS", "*", 200, nil),
    ] as [(String, String, Int, Signal?)])
  func eachLineSaysOneThingAtMost(_ method: String, _ target: String, _ status: Int, _ expected: Signal?) {
    let bytes = Array((method + target).utf8)
    let parts = (method: 0..<method.utf8.count, target: method.utf8.count..<bytes.count)
    let kind = LineClassifier().classify(bytes.span, method: parts.method, target: parts.target, status: status)
    var reader = SignalReader()
    #expect(reader.signal(kind, bytes.span, target: parts.target, status: status, lacksReferrer: false) == expected)
  }

  /// The icons that browsers request by themselves, and scanners without naming a page.
  @Test(
    arguments: [
      ("/favicon.ico", false, .icon), ("/favicon.ico?v=2", false, .icon), ("/favicon.svg", false, .icon),
      ("/apple-touch-icon.png", false, .icon), ("/apple-touch-icon-120x120.png", false, .icon),
      ("/favicon.ico", true, nil), ("/apple-touch-icon.png", true, nil), ("/app.css", true, .asset),
      ("/img/favicon.ico", true, .asset), ("/favicons.png", true, .asset),
    ] as [(String, Bool, Signal?)])
  func iconsCountIfTheyNameThePage(_ target: String, _ lacksReferrer: Bool, _ expected: Signal?) {
    let bytes = Array(("GET" + target).utf8)
    let parts = (method: 0..<3, target: 3..<bytes.count)
    let kind = LineClassifier().classify(bytes.span, method: parts.method, target: parts.target, status: 200)
    var reader = SignalReader()
    let found = reader.signal(kind, bytes.span, target: parts.target, status: 200, lacksReferrer: lacksReferrer)
    #expect(found == expected)
  }
}

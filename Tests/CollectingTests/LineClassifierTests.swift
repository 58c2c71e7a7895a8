import Collecting
import Testing

@Suite struct LineClassifierTests {
  @Test(
    arguments: [
      ("GET", "/", 200, .page),
      ("GET", "/blog/post", 304, .page),
      ("GET", "/index.html", 299, .page),
      ("GET", "/index.php?x=a.png", 200, .page),
      ("GET", "/v1.2/docs", 200, .page),
      ("GET", "/file.", 200, .page),
      ("GET", "/png", 200, .page),
      ("GET", "/a.css/page", 200, .page),
      ("GET", "/app.css", 200, .part),
      ("GET", "/APP.CSS?v=1", 304, .part),
      ("GET", "/app.min.js#x", 200, .part),
      ("GET", "/x.WOFF2", 200, .part),
      ("GET", "/m/app.mjs", 404, .part),
      ("GET", "/site.webmanifest", 200, .asset),
      ("GET", "/a.png;jsessionid=1", 200, .part),
      ("GET", "/m;v=1/style.css", 200, .part),
      ("GET", "/a.png;v=1/page", 200, .page),
      ("GET", "/a;b.png", 200, .page),
      ("GET", "/robots.txt", 200, .asset),
      ("GET", "/paper.PDF", 200, .asset),
      ("GET", "/feed.xml", 404, .asset),
      ("GET", "/favicon.ico", 200, .part),
      ("GET", "/.well-known/acme-challenge/x", 200, .asset),
      ("GET", "/missing", 404, .notFound),
      ("GET", "/old", 301, .status),
      ("GET", "/", 500, .status),
      ("GET", "/", 100, .status),
      ("GET", "/", -1, .status),
      ("POST", "/", 200, .method),
      ("HEAD", "/", 200, .method),
      ("get", "/", 200, .method),
      ("", "", 400, .method),
      ("\u{16}\u{3}\u{1}", "", 400, .method),
    ] as [(String, String, Int, LineClassifier.Class)])
  func classifies(_ method: String, _ target: String, _ status: Int, _ expected: LineClassifier.Class) {
    let bytes = Array((method + target).utf8)
    let split = method.utf8.count
    let found = LineClassifier().classify(
      bytes.span, method: 0..<split, target: split..<bytes.count, status: status)
    #expect(found == expected)
  }
}

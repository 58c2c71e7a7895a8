import Collecting
import Hits
import PrivacyPipeline
import Testing

@Suite struct FetchedThingReaderTests {
  @Test(
    arguments: [
      ("GET", "/", .page), ("HEAD", "/a/b", .page), ("GET", "/a.html?x=/feed.xml", .page), ("GET", "/feedback", .page),
      ("GET", "/robots.txt", .robotsTxt), ("GET", "/robots.txt?x", .robotsTxt), ("GET", "/a/robots.txt", .document),
      ("GET", "/llms.txt", .llmsTxt), ("GET", "/docs/LLMS-full.txt", .llmsTxt), ("GET", "/docs/api.md", .llmsTxt),
      ("GET", "/llms", .page), ("GET", "/readme.md/", .llmsTxt),
      ("GET", "/feed/", .feed), ("GET", "/blog/feed.xml", .feed), ("GET", "/a.RSS", .feed), ("GET", "/index.xml", .feed),
      ("GET", "/?flav=atom", .feed), ("GET", "/blog?a=b&feed=rss2&c", .feed), ("GET", "/?feed=rss22", .page),
      ("GET", "/?xfeed=rss", .page), ("GET", "/?", .page),
      ("GET", "/sitemap.xml", .asset), ("GET", "/logo.png", .asset), ("GET", "/a.zip", .asset),
      ("GET", "/paper.PDF", .document), ("GET", "/notes.txt", .document),
      ("GET", "/api/items", .api), ("GET", "/v1/API/items.json", .api), ("GET", "/a/b/api/c", .page),
      ("POST", "/contact", .api), ("POST", "/robots.txt", .robotsTxt), ("OPTIONS", "*", .api), ("", "", .api),
      ("CONNECT", "example.com:443", .api), ("GET", "https://example.com/feed.atom", .feed),
    ] as [(String, String, FetchedThing)])
  func methodAndPathDecide(_ method: String, _ target: String, _ expected: FetchedThing) {
    let bytes = Array((method + target).utf8)
    let parts = (method: 0..<method.utf8.count, target: method.utf8.count..<bytes.count)
    let isAsset = LineClassifier().assetClass(bytes.span, parts.target) != nil
    var reader = FetchedThingReader()
    #expect(reader.thing(bytes.span, method: parts.method, target: parts.target, isAsset: isAsset) == expected)
  }
}

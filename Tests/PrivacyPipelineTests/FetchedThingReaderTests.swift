import Hits
import Testing

@testable import PrivacyPipeline

@Suite struct FetchedThingReaderTests {
  @Test(
    arguments: [
      ("/", "", .page), ("/a/b", "", .page), ("/a.html", "x=/feed.xml", .page), ("/feedback", "", .page),
      ("/robots.txt", "feed=rss", .robotsTxt), ("/api", "feed=rss", .feed), ("/robots.txt", "", .robotsTxt),
      ("/a/robots.txt", "", .document),
      ("/llms.txt", "", .llmsTxt), ("/docs/LLMS-full.txt", "", .llmsTxt), ("/docs/api.md", "", .llmsTxt),
      ("/llms", "", .page), ("/readme.md/", "", .llmsTxt),
      ("/feed/", "", .feed), ("/blog/feed.xml", "", .feed), ("/a.RSS", "", .feed), ("/index.xml", "", .feed),
      ("/feed;x=1", "", .feed), ("/", "flav=atom", .feed), ("/blog", "a=b&feed=rss2&c", .feed),
      ("/", "feed=rss22", .page), ("/", "xfeed=rss", .page),
      ("/sitemap.xml", "", .asset), ("/logo.png", "", .asset), ("/a.zip;v=1", "", .asset),
      ("/paper.PDF", "", .document), ("/notes.txt;v=1", "", .document),
      ("/" + String(repeating: "long-title-", count: 20) + "2026.pdf", "", .document),
      ("/api/items", "", .api), ("/v1/API/items.json", "", .api), ("/a/b/api/c", "", .page),
    ] as [(String, String, FetchedThing)])
  func pathAndQueryDecide(_ path: String, _ query: String, _ expected: FetchedThing) {
    let (bytes, terms) = (Array(path.utf8), Array(query.utf8))
    let isAsset = [".xml", ".png", ".zip", ".json", ".pdf", ".txt"].contains { path.lowercased().contains($0) }
    var reader = FetchedThingReader()
    let thing = reader.thing(ofPath: bytes.span)
    #expect(FetchedThingReader.thing(thing, query: terms.span, isAsset: isAsset) == expected)
  }

  @Test(arguments: [("GET", true), ("HEAD", true), ("POST", false), ("get", false), ("", false), ("OPTIONS", false)])
  func onlySomeMethodsFetch(_ method: String, _ expected: Bool) {
    let bytes = Array(method.utf8)
    #expect(FetchedThingReader.isFetch(bytes.span, method: 0..<bytes.count) == expected)
  }
}

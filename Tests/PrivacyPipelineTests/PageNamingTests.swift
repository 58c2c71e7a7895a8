import ByteScanning
import Collecting
import Hits
import PageNames
import Redaction
import Testing

@testable import PrivacyPipeline

/// What requests leave has the names of its site, and no personal data.
@Suite struct PageNamingTests {
  private static func naming() throws -> SiteNaming {
    var general = NamingTexts()
    general.rules = ["/user/* -> /user/:name"]
    var shop = NamingTexts()
    shop.redaction = .off
    shop.slashes = .keep
    shop.keptQueries = ["/list: page"]
    return try SiteNaming(general, sites: ["shop.example": shop])
  }

  /// URL, host and page. The second batch finds in the cache what the first one named.
  @Test func pagesHaveTheNamesOfTheirSite() throws {
    var pipeline = TestPipeline(naming: try Self.naming())
    let cases = [
      ("/user/anna/", "example.com", "/user/:name"), ("/user/anna/", "shop.example", "/user/:name/"),
      ("/list?page=2", "example.com", "/list"), ("/list?page=2&x=1", "shop.example", "/list?page=2"),
      ("/list?page=3", "shop.example", "/list?page=3"), ("/list", "shop.example", "/list"),
      ("/to/anna%40example.org", "example.com", "/to/:email"),
      ("/to/anna%40example.org", "shop.example", "/to/anna%40example.org"),
    ]
    for _ in 0..<2 {
      pipeline.startBatch()
      for (url, host, page) in cases {
        for kind in [CollectRequest.Kind.pageview, .notFound] {
          let request = TestRequest(kind: kind).with(.url, url).with(.host, host)
          #expect(try pipeline.hit(of: request)?.page == page, "\(url) \(host)")
        }
      }
    }
  }

  @Test func robotsPagesHaveThemToo() throws {
    var pipeline = TestPipeline(naming: try Self.naming())
    let robot = TestRequest().with(.userAgent, Agent.robot)
    for (url, page) in [("/user/anna/x", "/user/:name/x"), ("/to/anna@example.org", "/to/:email")] {
      #expect(try pipeline.outcome(of: robot.with(.url, url)) == .botUserAgent)
      let noted = try #require(pipeline.batch.robotRequests.last)
      #expect(pipeline.batch.pages.string(of: noted.page) == page)
    }
  }

  @Test func sourcesAndEventsAreRedacted() throws {
    var pipeline = TestPipeline(naming: try Self.naming())
    let from = TestRequest().with(.referrer, "https://list.example/leave/anna@example.org/now?x")
    #expect(try pipeline.hit(of: from)?.acquisition[2] == "list.example/leave/:email/now")
    let address = TestRequest().with(.referrer, "http://203.0.113.9/a")
    #expect(try pipeline.hit(of: address)?.acquisition.prefix(3) == [":ip", "Referral", ":ip/a"])
    let random = TestRequest().with(.referrer, "http://xn--90adhhccf5aeewt7j.example/a")
    #expect(try pipeline.hit(of: random)?.acquisition[0] == "xn--90adhhccf5aeewt7j.example")
    let campaign = TestRequest().with(.url, "/?utm_source=anna%40example.org&utm_term=+49+30+1234567+x")
    let hit = try #require(try pipeline.hit(of: campaign))
    #expect(hit.acquisition[0] == ":email" && hit.acquisition[3] == ":email")
    let event = TestRequest(kind: .event).with(.name, "Mail anna@example.org")
      .with(.props, #"{"to":"bob@example.org","n":3,"anna@example.org":true}"#)
    #expect(try pipeline.hit(of: event)?.event == ["Mail :email", "to", ":email", "n", "3", ":email", "true"])
    let off = event.with(.host, "shop.example")
    #expect(try pipeline.hit(of: off)?.event.first == "Mail anna@example.org")
  }

  /// The cache is emptied, and names stay right.
  @Test func pagesMetAreBounded() throws {
    var pipeline = TestPipeline(naming: try Self.naming())
    for round in 0..<3 {
      pipeline.startBatch()
      for number in 0..<9_000 {
        let hit = try pipeline.hit(of: TestRequest().with(.url, "/page/\(round)/\(number)/"))
        #expect(hit?.page == "/page/\(round)/\(number)")
      }
    }
  }
}

import Hits
import Testing

@testable import PrivacyPipeline

/// Sites identified by host, path and file.
@Suite struct SiteDirectoryTests {
  private static func site(
    _ id: UInt32, _ hosts: [String], paths: [String] = [], calendar: LocalCalendar = .utc
  ) -> SiteProfile {
    SiteProfile(
      id: id, trackingID: "gx_\(id)", host: hosts[0], hosts: hosts, paths: paths, timeZone: "UTC", calendar: calendar)
  }

  private static let profiles = [
    site(1, ["example.com", "*.example.com"]), site(2, ["shop.example.com"], paths: ["/shop", "/"]),
    site(3, ["docs.example"], paths: ["example.com/docs/", "/shop/docs"]), site(4, ["*.deep.example.com"]),
  ]

  /// Returns the id of a line's site.
  private static func find(
    _ directory: inout SiteDirectory, host: String, target: String = "", file: Int? = nil
  ) throws -> UInt32? {
    let bytes = Array((host + " " + target).utf8)
    let count = host.utf8.count
    let site = try directory.site(bytes.span, host: 0..<count, target: count + 1..<bytes.count, fileSite: file)
    return site.map { directory.profiles[$0].id }
  }

  @Test(
    arguments: [
      ("example.com", 1), ("WWW.Example.com:443", 1), ("a.example.com", 1), ("shop.example.com", 2),
      ("a.deep.example.com", 4), ("deep.example.com", 1), ("example.com.", 1), ("notexample.com", nil),
      ("example.org", nil), ("", nil),
    ] as [(String, UInt32?)])
  func hostsAreFoundByNameAndByTheLongestEnding(_ host: String, _ id: UInt32?) throws {
    var directory = SiteDirectory(Self.profiles.map { Self.site($0.id, $0.hosts) })
    for _ in 0..<2 { #expect(try Self.find(&directory, host: host) == id) }
  }

  @Test(
    arguments: [
      ("example.com", "/shop", 2), ("example.com", "/shop/x?y", 2), ("example.com", "/shopping", 2),
      ("example.com", "/shop/docs/a", 3), ("example.com", "/docs/a", 3), ("example.com", "/d%6Fcs/./a", 3),
      ("other.example", "/docs/a", 2), ("other.example", "http://other.example/shop", 2), ("example.com", "*", 1),
    ] as [(String, String, UInt32?)])
  func pathsComeBeforeHostsAndTheLongestWins(_ host: String, _ target: String, _ id: UInt32?) throws {
    var directory = SiteDirectory(Self.profiles)
    #expect(try Self.find(&directory, host: host, target: target) == id)
  }

  @Test func aPathEndsWithItsSegment() throws {
    var directory = SiteDirectory([Self.site(1, ["a.example"], paths: ["/shop"]), Self.site(2, ["b.example"])])
    #expect(try Self.find(&directory, host: "b.example", target: "/shopping") == 2)
    #expect(try Self.find(&directory, host: "b.example", target: "/shop") == 1)
  }

  @Test func theFileTellsWhereNothingElseDoes() throws {
    var directory = SiteDirectory(Self.profiles.map { Self.site($0.id, $0.hosts) })
    #expect(try Self.find(&directory, host: "", file: 2) == 3)
    #expect(try Self.find(&directory, host: "elsewhere.example", file: 2) == 3)
    #expect(try Self.find(&directory, host: "example.com", file: 2) == 1)
  }

  @Test func anOnlySiteCanExcludeLinesOfOtherHosts() throws {
    var directory = SiteDirectory(Self.profiles, only: 2, believesHosts: true)
    #expect(try Self.find(&directory, host: "docs.example", target: "x") == 3)
    #expect(try Self.find(&directory, host: "example.com", target: "/docs/a") == 3)
    #expect(try Self.find(&directory, host: "", target: "x") == 3)
    #expect(try Self.find(&directory, host: "a.example.com", target: "x") == nil)
    #expect(try Self.find(&directory, host: "elsewhere.example", target: "x") == nil)
    var all = SiteDirectory(Self.profiles, only: 2)
    #expect(try Self.find(&all, host: "elsewhere.example") == 3)
  }

  /// Makes a site for each host with a dot.
  private struct Maker: SiteMaker {
    func site(forNewHost host: String) -> SiteProfile? {
      host.contains(".") ? SiteDirectoryTests.site(100 + UInt32(host.utf8.count), [host]) : nil
    }
  }

  @Test func unknownHostsBecomeSitesWhereThatIsAskedFor() throws {
    var directory = SiteDirectory([Self.site(1, ["example.com"])], maker: Maker())
    #expect(try Self.find(&directory, host: "new.example") == 111)
    #expect(try Self.find(&directory, host: "www.new.example:80") == 111)
    #expect(try Self.find(&directory, host: "localhost") == nil)
    #expect(directory.profiles.map(\.id) == [1, 111])
    #expect(directory.moment(ofSite: 1, at: 86_400 * 9 + 5).second == 5)
  }

  @Test func hostsBeyondTheBoundAreStillFound() throws {
    var directory = SiteDirectory([Self.site(1, ["example.com", "*.example.com"])])
    for number in 0..<70_000 {
      guard try Self.find(&directory, host: "h\(number).example.com") == 1 else {
        Issue.record("\(number)")
        return
      }
    }
    #expect(try Self.find(&directory, host: "h1.example.org") == nil)
  }

  @Test(arguments: [
    (Period(), 0, 3), (Period(since: .day(1)), 1, 3), (Period(until: .day(0)), 0, 1), (Period.day(1), 1, 2),
    (Period(since: .instant(40_000), until: .instant(100_000)), 0, 0), (Period(since: .day(2), until: .day(0)), 0, 0),
  ])
  func periodsAreOfTheSitesClock(_ period: Period, _ first: Int64, _ end: Int64) {
    let berlin = LocalCalendar(firstOffset: 3_600)
    var directory = SiteDirectory([Self.site(1, ["a.example"], calendar: berlin)], period: period)
    for instant in stride(from: Int64(-3_600), to: 3 * 86_400 - 3_600, by: 500) {
      let day = (instant + 3_600) / 86_400
      let moment = directory.moment(ofSite: 0, at: instant)
      var isWithin = day >= first && day < end
      if case .instant(let since) = period.since { isWithin = instant >= since && instant < 100_000 }
      #expect(moment.isOutOfRange != isWithin, "\(instant)")
      #expect(Int64(moment.day) == day && Int64(moment.second) == (instant + 3_600) % 86_400)
    }
  }
}

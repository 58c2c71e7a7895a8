import Testing

@testable import Importing

/// Which rules are proposed for pages.
@Suite struct PathProposalsTests {
  private static func rules(_ pages: [(name: String, requests: Int)]) -> [String] {
    PathProposals(pages).proposals.map(\.value)
  }

  @Test func idsGetAStar() {
    let users = (1...60).map { (name: "/user/\($0)", requests: 9) }
    #expect(Self.rules(users + [("/about", 5), ("/user/list", 2)]) == ["/user/* -> /user/:id"])
  }

  @Test func namesGetAStarIfHardlyAnybodyReadsThemTwice() {
    let profiles = (0..<60).map { (name: "/people/\(Self.word($0))", requests: 2) }
    #expect(Self.rules(profiles) == ["/people/* -> /people/:name"])
    let articles = (0..<60).map { (name: "/people/\(Self.word($0))", requests: 40) }
    #expect(Self.rules(articles).isEmpty)
  }

  @Test func whatIsBelowTheStarComesFirst() {
    let pages = (0..<60).flatMap { user in (1...60).map { (name: "/u/\(Self.word(user))/p/\($0 * 7_919)", requests: 1) }
    }
    #expect(Self.rules(pages) == ["/u/*/p/* -> /u/:name/p/:id", "/u/* -> /u/:name"])
  }

  @Test func yearsFewValuesAndEqualSiblingsStay() {
    #expect(Self.rules((1...49).map { ("/user/\($0)", 1) }).isEmpty)
    #expect(Self.rules((1950...2020).map { ("/archive/\($0)", 9) }).isEmpty)
    let shops = ["a", "b", "c", "d"].flatMap { shop in (1...60).map { (name: "/\(shop)/\($0)", requests: 9) } }
    #expect(!Self.rules(shops).contains { $0.hasPrefix("/* ") })
  }

  @Test func twinsAreProposed() {
    let pages = [
      ("/a", 2), ("/a/", 3), ("/b/index.html", 1), ("/b", 1), ("/C", 4), ("/c", 4), ("/d/", 9), ("/e/index.php", 9),
    ]
    .map { (name: $0, requests: $1) }
    let found = TwinProposals(pages).proposals.map {
      [$0.flag, $0.value, "\($0.before)", "\($0.after)", "\($0.requests)"]
    }
    #expect(
      found == [
        ["path-slash", "merge", "2", "1", "5"], ["path-index", "merge", "2", "1", "2"],
        ["path-case", "fold", "2", "1", "8"],
      ])
  }

  /// Sixty words without digits.
  private static func word(_ number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return "word" + String([letters[number / 26], letters[number % 26]])
  }
}

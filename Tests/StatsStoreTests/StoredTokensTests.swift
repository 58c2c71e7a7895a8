import Hits
import StatsStore
import TestSupport
import Testing
import Tokens

@Suite struct StoredTokensTests {
  private let folder: TemporaryFolder
  private let store: StatsStore

  init() throws {
    folder = try TemporaryFolder()
    store = try StatsStore(path: folder.path("stats.db"), mode: .write(wait: 0))
  }

  @Test func tokensAreKeptUntilTheyAreRevoked() throws {
    let site = try store.site(host: "example.com", timeZone: nil, byImport: false, now: 0)
    let hash = TokenHash(ofToken: "fft_1")
    let first = try store.addToken(hash, abilities: [.collectWrite], site: site, now: 1_000)
    let second = try store.addToken(
      TokenHash(ofToken: "fft_2"), abilities: [.collectWrite, .statsRead], site: nil, now: 2_000)
    try store.noteUse(ofTokens: [second], on: 20_000)

    let tokens = try store.tokens()
    #expect(tokens.map(\.id) == [first, second])
    #expect(tokens[0].hash.matches(hash))
    #expect(tokens.map(\.abilities) == [[.collectWrite], [.collectWrite, .statsRead]])
    #expect(tokens.map(\.site?.host) == ["example.com", nil])
    #expect(tokens.map(\.createdAt) == [1_000, 2_000])
    #expect(tokens.map(\.lastUsedOn) == [nil, 20_000])

    #expect(try store.revokeToken(first))
    #expect(try !store.revokeToken(first))
    #expect(try store.tokens().map(\.id) == [second])
  }

  @Test func plansAreKept() throws {
    var site = try store.site(host: "example.com", timeZone: nil, byImport: false, now: 0)
    #expect(site.plan == SitePlan())
    var plan = SitePlan()
    plan.hasAPI = false
    plan.monthlyCap = 5
    try store.setPlan(plan, of: site)
    site = try store.site(named: "example.com")
    #expect(site.plan == plan)
    try store.setPlan(SitePlan(), of: site)
    #expect(try store.site(named: "example.com").plan == SitePlan())
  }
}

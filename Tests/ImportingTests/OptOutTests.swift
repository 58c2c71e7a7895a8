import GRDB
import Hits
import ImportSupport
import Importing
import Testing

@testable import StatsStore

/// Nothing is kept of a visitor who asks not to be tracked, not even that an asset was loaded.
@Suite struct OptOutTests {
  /// Imports a page and an asset, requested by one browser with this `DNT` header.
  private static func runs(_ header: String) throws -> (hits: Int, outcomes: OutcomeCounts) {
    let scratch = try Scratch()
    let lines = ["/page", "/page.css"].map {
      "192.0.2.1 [01/Sep/2024:10:00:00 +0000] \"GET \($0) HTTP/1.1\" 200 "
        + "\"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0\" \"\(header)\""
    }
    var options = scratch.options([try scratch.write(lines)], site: "example.com")
    options.reading.format = #"$remote_addr [$time_local] "$request" $status "$http_user_agent" "$http_dnt""#
    let summary = try ImportRun(options).run(onProblem: { _ in }, onProgress: { _ in })
    let kept = try scratch.store().read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? -1 }
    return (kept, summary.outcomes)
  }

  @Test func nothingIsKeptOfWhoAsksForIt() throws {
    let (hits, outcomes) = try Self.runs("1")
    #expect(outcomes[.optedOut] == 1 && outcomes[.asset] == 1)
    #expect(hits == 0)
  }

  @Test func othersAreCounted() throws {
    let (hits, outcomes) = try Self.runs("-")
    #expect(outcomes[.pageview] == 1 && outcomes[.asset] == 1)
    #expect(hits == 1)
  }
}

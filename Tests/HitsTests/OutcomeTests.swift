import Hits
import Testing

@Suite struct OutcomeTests {
  @Test func everyOutcomeHasItsOwnName() {
    #expect(Set(Outcome.allCases.map(\.name)).count == Outcome.allCases.count)
  }

  @Test func countsAddUp() {
    var counts = OutcomeCounts()
    counts[.pageview] = 3
    counts[.malformedQuote] = 2
    counts[.malformedEmpty] = 1
    var sum = counts
    sum += counts
    #expect(sum.total == 12)
    #expect(sum.rejects == 4)
    #expect(sum.present.map(\.lines) == [6, 2, 4])
  }
}

import Rollups
import Sessions
import Testing

/// Parts of a day add up, and are capped like the whole day.
@Suite struct PartialDayTests {
  private static func counts(_ visitors: Int64) -> Counts {
    var counts = Counts()
    (counts.pageviews, counts.visitors, counts.visits) = (visitors * 2, visitors, visitors)
    return counts
  }

  private static func page(_ text: String) -> PartialDay.Value { .init(dimension: .page, text: text) }

  @Test func valuesBeyondTheCapAreOneValue() {
    var part = PartialDay()
    for (text, visitors) in [("/a", 3), ("/b", 1), ("/c", 2), ("/d", 1), ("/a", 1)] {
      part.add(Self.counts(Int64(visitors)), to: Self.page(text), on: .always)
    }
    let rows = Dictionary(uniqueKeysWithValues: part.rows(cap: 3, other: "(other)").map { ($0.value.text, $0.counts) })
    #expect(rows == ["/a": Self.counts(4), "/c": Self.counts(2), "/b": Self.counts(1), "(other)": Self.counts(1)])
  }

  @Test(arguments: [(9, "person"), (10, "robot")]) func theFactsOfAllPartsDecide(_ loading: Int, _ verdict: String) {
    var part = PartialDay()
    part.facts = DayFacts(returning: 5, loading: 5)
    part.facts += DayFacts(returning: loading - 5, loading: loading - 5)
    part.add(Self.counts(1), to: Self.page("robot"), on: .loading)
    part.add(Self.counts(1), to: Self.page("person"), on: .notLoading)
    part.add([1, 1, 1, 0, 0, 1, 1, 1], toCell: ["robot", "", "", "", "", ""], on: .loading)
    part.add([1, 1, 1, 0, 0, 1, 1, 1], toCell: ["person", "", "", "", "", ""], on: .notLoading)
    #expect(part.rows(cap: 9, other: "").map(\.value.text) == [verdict])
    #expect(part.cubeCells.map { $0.texts[0] } == [verdict])
  }

  @Test func cellsAddUp() {
    var part = PartialDay()
    let texts = ["Direct", "Direct", "", "Firefox", "Linux", "desktop"]
    part.add([2, 1, 1, 0, 9, 1, 1, 1], toCell: texts, on: .always)
    part.add([4, 1, 2, 1, 5, 1, 1, 0], toCell: texts, on: .notLoading)
    #expect(part.cubeCells.map(\.measures) == [[6, 2, 3, 1, 14, 2, 2, 1]])
  }
}

import Hits
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
    let rows = part.sums(cap: 3, cubeCap: 3, other: "(other)").rows
    let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0.value.text, $0.counts) })
    #expect(counts == ["/a": Self.counts(4), "/c": Self.counts(2), "/b": Self.counts(1), "(other)": Self.counts(1)])
  }

  private static let habit = Habit(viewsSeveral: true, referrer: .own)

  /// A day on which nine or ten visitors loaded parts, and one visitor whose verdict depends on that.
  private static func day(_ loading: Int, _ condition: PartialDay.Condition) -> PartialDay.Sums {
    var part = PartialDay()
    part.facts.add(client: 0, habit: habit, DayFacts.Share(visitors: 5, loading: 5))
    part.facts.add(client: 1, habit: habit, DayFacts.Share(visitors: loading - 5, loading: loading - 5))
    part.facts.add(loadingParts: loading)
    part.add(counts(1), to: page("/"), on: condition)
    part.add(counts(1), to: .init(dimension: .behaviour, text: ""), on: condition)
    part.add([1, 1, 1, 0, 0, 1, 1, 1], to: .visits, ["", "", "", "", "", ""], on: condition)
    return part.sums(cap: 9, cubeCap: 9, other: "")
  }

  @Test(arguments: [(9, false), (10, true)]) func theFactsOfAllPartsDecide(_ loading: Int, _ isRobot: Bool) {
    let sums = Self.day(loading, .init(ifPeopleLoad: .noAssets))
    #expect(sums.rows.map(\.value) == [isRobot ? .init(dimension: .behaviour, text: "no_assets") : Self.page("/")])
    #expect(sums.cells.isEmpty == isRobot)
    #expect(sums.peopleLoad == isRobot)
    let stale = Self.day(loading, .init(ifSomebodyLoads: .stale, ifPeopleLoad: .noAssets))
    #expect(stale.rows.map(\.value.text) == [isRobot ? "no_assets" : "stale"])
  }

  /// A fleet of 30, of whom one loads: the other 29 are robots, unless the page that they share has no parts.
  @Test(arguments: [true, false]) func groupsAreFleetsByTheVisitorsOfAllParts(_ hasParts: Bool) {
    let habit = Habit(viewsSeveral: false, referrer: .none)
    var part = PartialDay()
    part.facts.add(client: 0, habit: Self.habit, DayFacts.Share(visitors: 40, loading: 40))
    part.facts.add(loadingParts: 40)
    for visitors in [20, 10] { part.facts.add(client: 1, habit: habit, DayFacts.Share(visitors: visitors)) }
    var loading = Self.counts(40)
    loading.seenLoading = 40
    var once = PartialDay.Condition.always
    once.showsParts = true
    part.add(loading, to: Self.page(hasParts ? "/shared" : "/"), on: once)
    let fleet = PartialDay.Condition(cohort: .init(client: 1, habit: habit))
    for visitors in [20, 10] {
      part.add(Self.counts(Int64(visitors)), to: Self.page("/shared"), on: fleet)
      part.add(Self.counts(Int64(visitors)), to: .init(dimension: .behaviour, text: ""), on: fleet)
    }
    let rows = part.sums(cap: 9, cubeCap: 9, other: "").rows.filter { $0.value.text != "/" }
    let texts = rows.map(\.value.text).sorted()
    let visitors = rows.reduce(0) { $0 + $1.counts.visitors }
    #expect(texts == (hasParts ? ["/shared", "fleet"] : ["/shared"]))
    #expect(visitors == (hasParts ? 70 : 30))
  }

  @Test func cellsAddUp() {
    var part = PartialDay()
    let texts = ["Direct", "Direct", "", "Firefox", "Linux", "desktop"]
    part.add([2, 1, 1, 0, 9, 1, 1, 1], to: .visits, texts, on: .always)
    part.add([4, 1, 2, 1, 5, 1, 1, 0], to: .visits, texts, on: .init(ifPeopleLoad: .noAssets))
    #expect(part.sums(cap: 9, cubeCap: 9, other: "").cells.map(\.numbers) == [[6, 2, 3, 1, 14, 2, 2, 1]])
  }

  /// Cells that are the first in other respects stay apart; pages that get no row get no cell.
  @Test func markedCellsAddUp() {
    var part = PartialDay()
    for (page, visitors) in [("/a", Int64(3)), ("/b", 1)] {
      part.add(Self.counts(visitors), to: Self.page(page), on: .always)
    }
    for (page, firsts) in [("/a", Int64(-1)), ("/a", -1), ("/a", -2), ("/b", -1)] {
      part.add([firsts, 2, 1, 1, 0, 9], to: .pages, [page, "Google", "Organic Search"], on: .always)
    }
    let cells = part.sums(cap: 1, cubeCap: 1, other: "(other)").cells.map { $0.cell.texts[0] + " \($0.numbers)" }
    #expect(
      Set(cells) == ["/a [-1, 4, 2, 2, 0, 18]", "/a [-2, 2, 1, 1, 0, 9]", "(other) [-1, 2, 1, 1, 0, 9]"])
  }
}

import Foundation
import Hits
import Testing

@testable import Sessions

@Suite struct FleetSearchTests {
  private static let none = Habit(viewsSeveral: true, referrer: .none)
  private static let own = Habit(viewsSeveral: true, referrer: .own)
  private static let other = Habit(viewsSeveral: true, referrer: .other)
  private static let once = Habit(viewsSeveral: false, referrer: .none)

  /// A group of visitors of one client.
  struct Group: Sendable {
    var client: Int
    var habit: Habit
    var visitors: Int
    var loading: Int
  }

  private static func facts(_ groups: [Group]) -> DayFacts {
    var facts = DayFacts()
    for group in groups {
      facts.add(
        client: group.client, habit: group.habit, DayFacts.Share(visitors: group.visitors, loading: group.loading))
    }
    facts.add(loadingParts: groups.reduce(0) { $0 + $1.loading })
    return facts
  }

  /// People with several browsers who follow links and load parts.
  private static func people(_ visitors: Int, loading: Int) -> [Group] {
    (0..<10).map { Group(client: 100 + $0, habit: own, visitors: visitors / 10, loading: loading / 10) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var groups: [Group]
    var fleets: Set<FleetSearch.Group> = []
    var testDescription: String { name }
  }

  private static let cases = [
    Case(
      name: "3,000 of one agent beside 60 people",
      groups: people(60, loading: 60) + [Group(client: 1, habit: none, visitors: 3_000, loading: 0)],
      fleets: [.client(1)]),
    Case(
      name: "19 of one agent",
      groups: people(60, loading: 60) + [Group(client: 1, habit: none, visitors: 19, loading: 0)]),
    Case(
      name: "20 of one agent",
      groups: people(60, loading: 60) + [Group(client: 1, habit: none, visitors: 20, loading: 0)],
      fleets: [.client(1)]),
    Case(
      name: "20 of one agent, where people load less often",
      groups: people(100, loading: 60) + [Group(client: 1, habit: none, visitors: 20, loading: 0)]),
    Case(
      name: "one in twenty loads",
      groups: people(60, loading: 60) + [Group(client: 1, habit: none, visitors: 200, loading: 10)],
      fleets: [.client(1)]),
    Case(
      name: "one more loads",
      groups: people(60, loading: 60) + [Group(client: 1, habit: own, visitors: 200, loading: 11)]),
    Case(
      name: "nine people are too few to compare with",
      groups: [
        Group(client: 9, habit: own, visitors: 9, loading: 9), Group(client: 1, habit: none, visitors: 500, loading: 0),
      ]),
    Case(
      name: "people who rarely load",
      groups: people(1_000, loading: 400) + [Group(client: 1, habit: own, visitors: 500, loading: 0)]),
    Case(
      name: "a fleet under the name of a browser that people use",
      groups: people(60, loading: 60) + [
        Group(client: 1, habit: own, visitors: 300, loading: 290),
        Group(client: 1, habit: once, visitors: 400, loading: 4),
      ], fleets: [.habit(client: 1, once)]),
    Case(
      name: "many agents, two pages each",
      groups: people(60, loading: 60) + (0..<50).map { Group(client: $0, habit: none, visitors: 4, loading: 0) },
      fleets: [.mixed(none)]),
    Case(
      name: "99 of many agents",
      groups: people(60, loading: 60) + (0..<33).map { Group(client: $0, habit: none, visitors: 3, loading: 0) }),
    Case(
      name: "many agents, one page each",
      groups: people(60, loading: 60) + (0..<50).map { Group(client: $0, habit: once, visitors: 4, loading: 0) }),
    Case(
      name: "many agents, two pages each, all from a search engine",
      groups: people(60, loading: 60) + (0..<50).map { Group(client: $0, habit: other, visitors: 4, loading: 0) },
      fleets: [.mixed(other)]),
    Case(
      name: "a fleet under the names of all browsers that people use",
      groups: people(60, loading: 60)
        + (0..<10).map { Group(client: 100 + $0, habit: none, visitors: 500, loading: 0) },
      fleets: Set((0..<10).map { .client(100 + $0) })),
    Case(
      name: "half of those without a referrer load",
      groups: people(60, loading: 60) + (0..<50).map { Group(client: $0, habit: none, visitors: 4, loading: 2) }),
  ]

  @Test(arguments: cases) func fleetsAreFoundByTheirThresholds(_ each: Case) {
    #expect(FleetSearch(Self.facts(each.groups)).candidates == each.fleets)
  }

  @Test(arguments: [(9, 0, false), (10, 0, true), (10, 3, true), (10, 4, false), (30, 10, true), (30, 11, false)])
  func peopleLoadPartsWhereThreeInFourDo(_ loading: Int, _ others: Int, _ expected: Bool) {
    // Each of another client, so that none is low.
    var groups = (0..<loading).map { Group(client: $0, habit: Self.own, visitors: 1, loading: 1) }
    groups += (0..<others).map { Group(client: 100 + $0, habit: Self.none, visitors: 1, loading: 0) }
    // Visitors of one page do not count.
    groups += (0..<50).map { Group(client: 200 + $0, habit: Self.once, visitors: 1, loading: 0) }
    let search = FleetSearch(Self.facts(groups))
    #expect((search.loading == .people) == expected)
    #expect(search.loading >= .somebody)
    #expect(FleetSearch(DayFacts()).loading == .nobody)
  }

  /// Text files that the readers of one app open have no parts; the pages that people load have some.
  @Test func whoSharesAPageWithoutPartsIsNoFleet() {
    var groups = Self.people(60, loading: 60)
    groups.append(Group(client: 1, habit: Self.once, visitors: 300, loading: 0))
    // Others who view one page.
    groups.append(Group(client: 300, habit: Self.once, visitors: 20, loading: 20))
    let search = FleetSearch(Self.facts(groups))
    #expect(search.candidates == [.client(1)])
    func fleet(viewing viewers: Int, whereLoading loading: Int, ofPeople people: Int) -> Bool {
      var pages = FleetPages(search)
      pages.add(silent: viewers, client: 1, Self.once, of: 7)
      pages.add(loading: loading, of: 7)
      pages.add(silent: people - loading, client: 300, Self.once, of: 7)
      return pages.fleets.contains(client: 1, Self.once)
    }
    #expect(!fleet(viewing: 300, whereLoading: 0, ofPeople: 20))
    #expect(!fleet(viewing: 151, whereLoading: 0, ofPeople: 20))
    #expect(fleet(viewing: 150, whereLoading: 0, ofPeople: 20))
    #expect(!fleet(viewing: 300, whereLoading: 2, ofPeople: 2))
    #expect(fleet(viewing: 300, whereLoading: 3, ofPeople: 6))
    #expect(!fleet(viewing: 300, whereLoading: 3, ofPeople: 7))
  }

  /// People whose habit is not that of the fleet under their browser's name are compared with, and stay.
  @Test func peopleWithTheBrowserOfAFleetAreSpared() {
    let groups = (0..<4).flatMap { client in
      [
        Group(client: client, habit: Self.none, visitors: 2_000, loading: 0),
        Group(client: client, habit: Self.own, visitors: 15, loading: 12),
      ]
    }
    let search = FleetSearch(Self.facts(groups))
    #expect(search.candidates == Set((0..<4).map { .client($0) }))
    #expect(search.candidate(client: 0, Self.none) == .client(0))
    #expect(search.candidate(client: 0, Self.own) == nil)
    // Clients that only robots have are not among those compared.
    #expect(search.candidate(client: 9, Self.own) == nil)
    #expect(!search.isLow(client: 9, Self.own))
    #expect(!search.isLow(client: 0, Self.own))
  }

  /// Robots that are so only where people load parts do not decide whether people do.
  @Test func doubtfulVisitorsDoNotDecideWhatPeopleDo() {
    var facts = Self.facts((0..<12).map { Group(client: $0, habit: Self.own, visitors: 1, loading: 1) })
    for client in 20..<40 {
      facts.add(client: client, habit: Self.own, DayFacts.Share(visitors: 1, loading: 0, doubtful: 1))
    }
    #expect(FleetSearch(facts).loading == .people)
    facts.add(client: 50, habit: Self.own, DayFacts.Share(visitors: 4, loading: 0))
    #expect(FleetSearch(facts).loading == .people)
    facts.add(client: 51, habit: Self.own, DayFacts.Share(visitors: 1, loading: 0))
    #expect(FleetSearch(facts).loading == .somebody)
  }

  /// Against sums of exact terms.
  @Test(arguments: [
    (0, 20, 0.5), (1, 20, 0.5), (3, 33, 0.25), (40, 1_000, 0.1), (0, 4_000, 0.001), (500, 50_000, 0.02),
  ])
  func chancesAreThoseOfTheBinomialDistribution(_ most: Int, _ count: Int, _ chance: Double) {
    var expected = 0.0
    for successes in 0...most {
      var logarithm = 0.0
      for index in 0..<successes { logarithm += log(Double(count - index)) - log(Double(index + 1)) }
      expected += exp(
        logarithm + Double(successes) * log(chance) + Double(count - successes) * log(1 - chance))
    }
    let found = Binomial.chance(ofAtMost: most, of: count, each: chance)
    #expect(abs(found - expected) <= expected * 1e-6)
  }

  @Test func chancesAtTheEdges() {
    #expect(Binomial.chance(ofAtMost: 10, of: 10, each: 0.5) == 1)
    #expect(Binomial.chance(ofAtMost: 0, of: 0, each: 0.5) == 1)
    #expect(Binomial.chance(ofAtMost: 6, of: 10, each: 0.5) == 1)
    #expect(Binomial.chance(ofAtMost: 3, of: 10, each: 1) == 0)
    #expect(Binomial.chance(ofAtMost: 0, of: 1_000_000, each: 0.5) == 0)
  }
}

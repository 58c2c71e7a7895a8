import Hits

/// Finds fleets: many visitors that are one program behind many addresses, because they call themselves alike and nearly
/// none of them loads what a browser loads, while other visitors of the day do.
///
/// docs/robots.md, "Fleets", gives the reasons for each number and what it costs people.
public struct FleetSearch: Sendable {
  /// A group of visitors that may be a fleet.
  public enum Group: Hashable, Sendable {
    /// All with one client.
    case client(Int)
    /// Those with one client and one habit.
    case habit(client: Int, Habit)
    /// Those with several page views and no referrer, whatever they call themselves, which are in no other group.
    case mixed
  }

  /// The number of visitors from which on a group may be a fleet.
  static let fewest = 20
  /// The same for visitors with different clients.
  static let fewestMixed = 100
  /// A group in which at most one in so many loads is *low*.
  static let lowShare = 20
  /// The number of visitors from which on a low group is not asked what people do.
  static let fewestLow = 5
  /// The number of other visitors that must have been seen loading.
  static let fewestLoading = 10
  /// The greatest chance that a group of people is taken for a fleet.
  static let chance = 1e-4

  /// The groups that are fleets unless their pages have no parts (``FleetPages``).
  public let candidates: Set<Group>
  /// For each candidate, the number of its visitors that loaded nothing.
  let silent: [Group: Int]
  /// Whether the log shows who loads parts of pages.
  public let loading: Loading
  /// The facts that were searched.
  let facts: DayFacts
  /// What the visitors in no low group do.
  let people: DayFacts.Share
  /// The visitors that may be a mixed fleet.
  let rest: DayFacts.Share
  /// For each client, whether all its visitors are low.
  private let lowClients: [Bool]
  /// For each client, the numbers of the habits with which its visitors are low, as bits.
  private let lowHabits: [UInt8]

  /// Searches the visitors of a day.
  public init(_ facts: DayFacts) {
    lowClients = facts.clients.map { Self.isLow($0.reduce(into: DayFacts.Share()) { $0 += $1 }) }
    lowHabits = facts.clients.map { shares in
      shares.indices.reduce(0) { $0 | (Self.isLow(shares[$1]) ? 1 << UInt8($1) : 0) }
    }
    let people = People(facts, lowClients, lowHabits)
    // Icons alone do not show that the log holds what pages are made of.
    loading = facts.loadingParts == 0 ? .nobody : people.load ? .people : .somebody
    let (found, rest) = loading == .nobody ? ([:], DayFacts.Share()) : Self.candidates(facts, people)
    candidates = Set(found.keys)
    silent = found.mapValues { $0.visitors - $0.loading }
    (self.facts, self.people, self.rest) = (facts, people.all, rest)
  }

  /// Returns the group that a visitor belongs to among the candidates; nil if it belongs to none.
  public func candidate(client: Int, _ habit: Habit) -> Group? {
    if candidates.isEmpty { return nil }
    for group in [Group.client(client), .habit(client: client, habit)] where candidates.contains(group) {
      return group
    }
    return habit == Self.mixedHabit && candidates.contains(.mixed) ? .mixed : nil
  }

  /// Whether a visitor is in a group of whom so few load that it is not asked what people do.
  public func isLow(client: Int, _ habit: Habit) -> Bool {
    lowClients[client] || lowHabits[client] & 1 << UInt8(habit.number) != 0
  }

  /// People who view several pages follow links, and browsers name the page with the link.
  static let mixedHabit = Habit(viewsSeveral: true, referrer: .none)

  static func isLow(_ share: DayFacts.Share) -> Bool {
    share.visitors >= fewestLow && share.loading * lowShare <= share.visitors
  }

  private static func candidates(_ facts: DayFacts, _ people: People) -> (
    groups: [Group: DayFacts.Share], rest: DayFacts.Share
  ) {
    var groups: [Group: DayFacts.Share] = [:]
    var rest = DayFacts.Share()
    guard people.all.loading >= fewestLoading else { return (groups, rest) }
    for (client, shares) in facts.clients.enumerated() {
      if isFleet(shares, people) {
        groups[.client(client)] = shares.reduce(into: DayFacts.Share()) { $0 += $1 }
        continue
      }
      for habit in Habit.all {
        var alone = [DayFacts.Share](repeating: DayFacts.Share(), count: shares.count)
        alone[habit.number] = shares[habit.number]
        if isFleet(alone, people) { groups[.habit(client: client, habit)] = shares[habit.number] }
      }
      if groups[.habit(client: client, mixedHabit)] == nil { rest += shares[mixedHabit.number] }
    }
    if isMixedFleet(rest, people) { groups[.mixed] = rest }
    return (groups, rest)
  }

  /// Whether so few of a group load that people who do the same would by chance in one of 10,000 groups, even if only half
  /// as many of them loaded as of the others.
  private static func isFleet(_ shares: [DayFacts.Share], _ people: People) -> Bool {
    let all = shares.reduce(into: DayFacts.Share()) { $0 += $1 }
    guard all.visitors >= fewest, isLow(all) else { return false }
    var expected = 0.0
    for (number, share) in shares.enumerated() { expected += Double(share.visitors) * people.share(ofHabit: number) }
    let usual = expected / Double(all.visitors)
    return usual >= 0.5
      && Binomial.chance(ofAtMost: all.loading, of: all.visitors, each: usual / 2) <= chance
  }

  /// The same for visitors without a referrer, compared with those that follow links: even if only a quarter as many
  /// loaded.
  private static func isMixedFleet(_ share: DayFacts.Share, _ people: People) -> Bool {
    let followers = people.byHabit[Habit(viewsSeveral: true, referrer: .own).number]
    guard share.visitors >= fewestMixed, followers.loading >= fewestLoading,
      followers.loading * 4 >= followers.visitors * 3
    else { return false }
    let usual = Double(followers.loading) / Double(followers.visitors)
    return Binomial.chance(ofAtMost: share.loading, of: share.visitors, each: usual / 4) <= chance
  }
}

/// What the visitors in no low group do: most of them are people.
private struct People {
  /// By the number of the habit.
  private(set) var byHabit = [DayFacts.Share](repeating: DayFacts.Share(), count: Habit.all.count)
  private(set) var all = DayFacts.Share()
  /// The lowest share of those habits of which enough is known.
  private let lowest: Double

  init(_ facts: DayFacts, _ lowClients: [Bool], _ lowHabits: [UInt8]) {
    for (client, shares) in facts.clients.enumerated() where !lowClients[client] {
      for (number, share) in shares.enumerated() where lowHabits[client] & 1 << UInt8(number) == 0 {
        byHabit[number] += share
        all += share
      }
    }
    let known = byHabit.filter { $0.visitors >= FleetSearch.fewestLoading }
    lowest = known.map { Double($0.loading) / Double($0.visitors) }.min() ?? 0
  }

  /// Whether most of those who view several pages were seen loading.
  var load: Bool {
    var several = DayFacts.Share()
    for habit in Habit.all where habit.viewsSeveral { several += byHabit[habit.number] }
    return several.loading >= FleetSearch.fewestLoading && several.loading * 4 >= several.visitors * 3
  }

  /// The share of the visitors with a habit that load; the lowest known one if there are too few of them.
  func share(ofHabit number: Int) -> Double {
    let share = byHabit[number]
    return share.visitors >= FleetSearch.fewestLoading ? Double(share.loading) / Double(share.visitors) : lowest
  }
}

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
    /// Those with one of ``mixedHabits``, whatever they call themselves, which are in no other group.
    case mixed(Habit)
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
  /// The visitors that may be mixed fleets.
  let rest: [Habit: DayFacts.Share]
  private let low: LowGroups

  /// Searches the visitors of a day.
  public init(_ facts: DayFacts) {
    low = LowGroups(facts)
    let people = People(facts, low)
    // Icons alone do not show that the log holds what pages are made of.
    loading = facts.loadingParts == 0 ? .nobody : people.load ? .people : .somebody
    let (found, rest) = loading == .nobody ? ([:], [:]) : Self.candidates(facts, people, low)
    candidates = Set(found.keys)
    silent = found.mapValues { $0.visitors - $0.loading }
    (self.facts, self.people, self.rest) = (facts, people.all, rest)
  }

  /// Returns the group that a visitor belongs to among the candidates; nil if it belongs to none.
  public func candidate(client: Int, _ habit: Habit) -> Group? {
    if candidates.isEmpty || low.spares(client, habit.number) { return nil }
    if candidates.contains(.client(client)) { return .client(client) }
    if candidates.contains(.habit(client: client, habit)) { return .habit(client: client, habit) }
    return candidates.contains(.mixed(habit)) ? .mixed(habit) : nil
  }

  /// Whether a visitor is in a group of whom so few load that it is not asked what people do.
  public func isLow(client: Int, _ habit: Habit) -> Bool { low.contains(client, habit.number) }

  /// People who view several pages follow links of the site, and browsers name the page with the link.
  static let mixedHabits = [Habit(viewsSeveral: true, referrer: .none), Habit(viewsSeveral: true, referrer: .other)]

  static func isLow(_ share: DayFacts.Share) -> Bool {
    share.visitors >= fewestLow && share.loading * lowShare <= share.visitors
  }

  private static func candidates(_ facts: DayFacts, _ people: People, _ low: LowGroups) -> (
    groups: [Group: DayFacts.Share], rest: [Habit: DayFacts.Share]
  ) {
    var groups: [Group: DayFacts.Share] = [:]
    var rest: [Habit: DayFacts.Share] = [:]
    guard people.all.loading >= fewestLoading else { return (groups, rest) }
    for (client, shares) in facts.clients.enumerated() {
      if isFleet(shares, people) {
        let taken = shares.enumerated().filter { !low.spares(client, $0.offset) }
        groups[.client(client)] = DayFacts.Share.sum(taken.map(\.element))
        continue
      }
      for habit in Habit.all where shares[habit.number].visitors >= fewest {
        var alone = [DayFacts.Share](repeating: DayFacts.Share(), count: shares.count)
        alone[habit.number] = shares[habit.number]
        if isFleet(alone, people) { groups[.habit(client: client, habit)] = shares[habit.number] }
      }
      for habit in mixedHabits where groups[.habit(client: client, habit)] == nil {
        if !low.spares(client, habit.number) { rest[habit, default: DayFacts.Share()] += shares[habit.number] }
      }
    }
    for (habit, share) in rest where isMixedFleet(share, people) { groups[.mixed(habit)] = share }
    return (groups, rest)
  }

  /// Whether so few of a group load that people who do the same would by chance in one of 10,000 groups, even if only half
  /// as many of them loaded as of the others.
  private static func isFleet(_ shares: [DayFacts.Share], _ people: People) -> Bool {
    let all = DayFacts.Share.sum(shares)
    guard all.visitors >= fewest, isLow(all) else { return false }
    var expected = 0.0
    for (number, share) in shares.enumerated() { expected += Double(share.visitors) * people.share(ofHabit: number) }
    let usual = expected / Double(all.visitors)
    return usual >= 0.5
      && Binomial.chance(ofAtMost: all.loading, of: all.visitors, each: usual / 2) <= chance
  }

  /// The same for visitors that follow no link of the site, compared with those that do: even if only a quarter as many
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

/// The clients and cohorts of whom nearly none loads.
private struct LowGroups {
  /// For each client, whether all its visitors are low.
  private let clients: [Bool]
  /// For each client, the numbers of the habits with which its visitors are low, as bits.
  private let habits: [UInt8]
  /// The same for habits with which at least half of its visitors load: whatever the others of that client are.
  private let spared: [UInt8]

  init(_ facts: DayFacts) {
    func bits(_ shares: [DayFacts.Share], _ condition: (DayFacts.Share) -> Bool) -> UInt8 {
      shares.indices.reduce(0) { $0 | (condition(shares[$1]) ? 1 << UInt8($1) : 0) }
    }
    clients = facts.clients.map { FleetSearch.isLow(DayFacts.Share.sum($0)) }
    habits = facts.clients.map { bits($0, FleetSearch.isLow) }
    spared = facts.clients.map { bits($0) { $0.visitors > 0 && $0.loading * 2 >= $0.visitors } }
  }

  /// Clients that only robots have are in no group.
  func spares(_ client: Int, _ habit: Int) -> Bool {
    client < spared.count && spared[client] & 1 << UInt8(habit) != 0
  }

  /// A fleet may call itself like a browser that people use. Its people stay those whose habits are not the fleet's.
  func contains(_ client: Int, _ habit: Int) -> Bool {
    guard client < clients.count else { return false }
    return habits[client] & 1 << UInt8(habit) != 0 || clients[client] && !spares(client, habit)
  }
}

/// What the visitors in no low group do: most of them are people.
private struct People {
  /// By the number of the habit.
  private(set) var byHabit = [DayFacts.Share](repeating: DayFacts.Share(), count: Habit.all.count)
  private(set) var all = DayFacts.Share()
  /// The lowest share of those habits of which enough is known.
  private let lowest: Double

  init(_ facts: DayFacts, _ low: LowGroups) {
    for (client, shares) in facts.clients.enumerated() {
      for (number, share) in shares.enumerated() where !low.contains(client, number) {
        byHabit[number] += share
        all += share
      }
    }
    let known = byHabit.filter { $0.visitors >= FleetSearch.fewestLoading }
    lowest = known.map { Double($0.loading) / Double($0.visitors) }.min() ?? 0
  }

  /// Whether most of those who view several pages were seen loading, but for those that are robots where people do.
  var load: Bool {
    let several = DayFacts.Share.sum(Habit.all.filter(\.viewsSeveral).map { byHabit[$0.number] })
    return several.loading >= FleetSearch.fewestLoading
      && several.loading * 4 >= (several.visitors - several.doubtful) * 3
  }

  /// The share of the visitors with a habit that load; the lowest known one if there are too few of them.
  func share(ofHabit number: Int) -> Double {
    let share = byHabit[number]
    return share.visitors >= FleetSearch.fewestLoading ? Double(share.loading) / Double(share.visitors) : lowest
  }
}

/// A group of visitors that may be a fleet, and why it is one or not.
public struct FleetGroup: Equatable, Sendable {
  /// What its visitors have in common.
  public enum Kind: String, Sendable {
    /// The browser and the habit.
    case habit
    /// The browser.
    case client
    /// Several page views and no link of the site followed, but not the browser.
    case mixed
  }

  /// Why a group is no fleet.
  public enum Obstacle: String, Sendable {
    /// It has too few visitors.
    case few
    /// Too many of its visitors load.
    case loading
    /// Too few other visitors load to compare with.
    case people
    /// People who do the same could be so by chance.
    case chance
    /// Most of its visitors viewed a page whose other visitors do not load either.
    case page
  }

  /// What its visitors have in common.
  public let kind: Kind
  /// How many visitors it has, and how many of them were seen loading.
  public let share: DayFacts.Share
  /// The number of visitors from which on it may be a fleet.
  public let fewest: Int
  /// Why it is no fleet; nil if it is one.
  public let obstacle: Obstacle?

  /// In a fleet with one browser, at most one in so many loads.
  public static var lowShare: Int { FleetSearch.lowShare }
  /// The highest number of its visitors that may load if it is a fleet; nil if it depends on the others alone.
  public var mostLoading: Int? { kind == .mixed ? nil : share.visitors / FleetSearch.lowShare }
}

extension FleetSearch {
  /// Returns the groups of a visitor that were asked: the fleet alone if it is in one, otherwise all.
  public func groups(client: Int, _ habit: Habit, among fleets: Fleets?) -> [FleetGroup] {
    let candidate = candidate(client: client, habit)
    let isFleet = fleets?.contains(client: client, habit) ?? false
    func group(_ kind: FleetGroup.Kind, _ group: Group, _ share: DayFacts.Share) -> FleetGroup {
      let fewest = kind == .mixed ? Self.fewestMixed : Self.fewest
      let obstacle: FleetGroup.Obstacle? =
        if group == candidate {
          isFleet ? nil : .page
        } else if share.visitors < fewest {
          .few
        } else if kind != .mixed, !Self.isLow(share) {
          .loading
        } else if people.loading < Self.fewestLoading {
          .people
        } else {
          .chance
        }
      return FleetGroup(kind: kind, share: share, fewest: fewest, obstacle: obstacle)
    }
    let shares = facts.clients.indices.contains(client) ? facts.clients[client] : []
    guard !shares.isEmpty else { return [] }
    var groups = [
      group(.habit, .habit(client: client, habit), shares[habit.number]),
      group(.client, .client(client), DayFacts.Share.sum(shares)),
    ]
    if Self.mixedHabits.contains(habit) {
      groups.append(group(.mixed, .mixed(habit), rest[habit] ?? DayFacts.Share()))
    }
    let found = groups.filter { $0.obstacle == nil }
    return found.isEmpty ? groups : found
  }
}

import Hits

/// Who viewed which pages: decides whether visitors of a group load nothing because the page they share has no parts, such
/// as a text file that many readers of one app open.
public struct FleetPages: Sendable {
  /// Who viewed a page and no other, outside low groups: their parts are the page's.
  private struct Viewers {
    var loading = 0
    var others = 0
  }

  private let search: FleetSearch
  private var viewers: [UInt32: Viewers] = [:]
  /// How many visitors of each candidate loaded nothing and viewed each page.
  private var members: [FleetSearch.Group: [UInt32: Int]] = [:]

  /// Creates an empty list.
  public init(_ search: FleetSearch) {
    self.search = search
  }

  /// Adds a visitor that is no robot whatever the others did.
  public mutating func add(client: Int, _ evidence: Evidence, hits: [TimedHit]) {
    if evidence.loads, evidence.habit.viewsSeveral { return }
    // Most visitors have one hit.
    if hits.count == 1 {
      if hits[0].kind == .pageview { add(client: client, evidence, page: hits[0].page) }
      return
    }
    for page in Set(hits.lazy.filter { $0.kind == .pageview }.map(\.page)) {
      add(client: client, evidence, page: page)
    }
  }

  private mutating func add(client: Int, _ evidence: Evidence, page: UInt32) {
    if evidence.loads {
      add(loading: 1, of: page)
    } else {
      add(silent: 1, client: client, evidence.habit, of: page)
    }
  }

  /// Adds visitors that were seen loading and viewed a page and no other.
  public mutating func add(loading visitors: Int, of page: UInt32) {
    viewers[page, default: Viewers()].loading += visitors
  }

  /// Adds visitors of one client and habit that loaded nothing and viewed a page.
  public mutating func add(silent visitors: Int, client: Int, _ habit: Habit, of page: UInt32) {
    if !habit.viewsSeveral, !search.isLow(client: client, habit) {
      viewers[page, default: Viewers()].others += visitors
    }
    if let group = search.candidate(client: client, habit) {
      members[group, default: [:]][page, default: 0] += visitors
    }
  }

  /// The candidates that are fleets. A group of whom more than half viewed one page is one only if people who viewed such a
  /// page and no other load: at least three, and at least half of them.
  public var fleets: Fleets {
    let groups = search.candidates.filter { group in
      let count = search.silent[group] ?? 0
      let shared = (members[group] ?? [:]).filter { $0.value * 2 > count }
      return shared.isEmpty || shared.keys.contains(where: hasParts)
    }
    return Fleets(search, groups)
  }

  private func hasParts(_ page: UInt32) -> Bool {
    guard let viewers = viewers[page] else { return false }
    return viewers.loading >= 3 && viewers.loading >= viewers.others
  }
}

/// The fleets of a day.
public struct Fleets: Sendable {
  private let search: FleetSearch
  private let groups: Set<FleetSearch.Group>

  fileprivate init(_ search: FleetSearch, _ groups: Set<FleetSearch.Group>) {
    self.search = search
    self.groups = groups
  }

  /// Whether visitors of this client and habit are one, but for those that load.
  public func contains(client: Int, _ habit: Habit) -> Bool {
    guard !groups.isEmpty, let group = search.candidate(client: client, habit) else { return false }
    return groups.contains(group)
  }
}

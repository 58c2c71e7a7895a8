import Hits

/// How many visitors of a site and day loaded what browsers load, by browser and habit. Excludes visitors that are robots
/// whatever the others did, and those that viewed no page.
public struct DayFacts: Equatable, Sendable {
  /// Some visitors, and how many of them were seen loading.
  public struct Share: Equatable, Sendable {
    /// The number of visitors.
    public var visitors = 0
    /// How many of them were seen loading.
    public var loading = 0
    /// How many of the others are robots by a rule that asks whether people load: they do not decide that.
    public var doubtful = 0

    /// Creates a share.
    public init(visitors: Int = 0, loading: Int = 0, doubtful: Int = 0) {
      self.visitors = visitors
      self.loading = loading
      self.doubtful = doubtful
    }

    /// Adds other visitors.
    public static func += (left: inout Share, right: Share) {
      left.visitors += right.visitors
      left.loading += right.loading
      left.doubtful += right.doubtful
    }

    /// Returns all visitors of several shares.
    static func sum(_ shares: some Sequence<Share>) -> Share { shares.reduce(into: Share()) { $0 += $1 } }
  }

  /// The shares of each client, by the number of the habit. Clients are counted from 0.
  public private(set) var clients: [[Share]] = []
  /// The number of visitors that loaded a part of a page, not only the icon.
  public private(set) var loadingParts = 0

  /// Creates the facts of a day without visitors.
  public init() {}

  /// Adds a visitor, if it viewed a page.
  ///
  /// - Parameters:
  ///   - client: the number of its browser, system and device.
  ///   - isDoubtful: whether it is a robot if people load parts of pages.
  public mutating func add(client: Int, _ evidence: Evidence, isDoubtful: Bool) {
    guard evidence.viewsPages else { return }
    add(
      client: client, habit: evidence.habit,
      Share(visitors: 1, loading: evidence.loads ? 1 : 0, doubtful: isDoubtful ? 1 : 0))
    if evidence.loadsParts { loadingParts += 1 }
  }

  /// Adds visitors that were counted elsewhere.
  public mutating func add(client: Int, habit: Habit, _ share: Share) {
    while clients.count <= client { clients.append([Share](repeating: Share(), count: Habit.all.count)) }
    clients[client][habit.number] += share
  }

  /// Adds visitors that loaded a part of a page and were counted elsewhere.
  public mutating func add(loadingParts: Int) {
    self.loadingParts += loadingParts
  }
}

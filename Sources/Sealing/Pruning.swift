import Hits
import SaltVault
import StatsStore

/// Deletes the statistics of old days. docs/exactly-once.md describes what happens to their lines.
public struct Pruning {
  /// The limit up to which statistics are deleted.
  public enum Limit: Equatable, Sendable {
    /// Days before the first one of this period, by the calendar of each site.
    case before(NamedPeriod)
    /// Days older than this period, by the calendar of each site.
    case keeping(Retention)
  }

  private let store: StatsStore
  private let sealing: Sealing
  private let firstDaysKept: [UInt32: Int32]
  /// What pruning deletes, for each site that loses anything.
  public let effects: [PruneEffect]
  /// What pruning deletes of other programs' statistics, for each site that loses any.
  public let pastEffects: [PastPruneEffect]

  /// Determines what pruning would delete, without deleting anything yet.
  ///
  /// - Parameters:
  ///   - site: the only site to prune; nil for all.
  ///   - now: the current time in Unix seconds.
  /// - Throws: ``Refusal`` if one of the days is open.
  public init(_ limit: Limit, site: String?, now: Int64, _ store: StatsStore, _ vault: SaltVault) throws {
    self.store = store
    sealing = Sealing(store, vault)
    try sealing.finish()
    try store.rebuildDirtyDays()
    let sites = try site.map { [try store.site(named: $0)] } ?? store.sites()
    var days: [UInt32: Int32] = [:]
    for site in sites {
      switch limit {
      case .before(let period): days[site.id] = period.days(today: site.calendar.day(at: now)).lowerBound
      case .keeping(let span): days[site.id] = span.firstDayKept(today: site.calendar.day(at: now))
      }
    }
    firstDaysKept = days
    let all = try sites.map { try store.effectOfPruning($0, before: days[$0.id] ?? .min) }
    if let open = all.first(where: { $0.openDays > 0 }) {
      throw Refusal.failed(
        "\(open.openDays == 1 ? "a day" : "\(open.openDays) days") of \(open.host) in that period can still accept lines; seal first (footfall seal --until DATE), then prune"
      )
    }
    effects = all.filter { $0.days > 0 }
    pastEffects = try sites.map { try store.effectOfPruningPast($0, before: days[$0.id] ?? .min) }
      .filter { $0.parts + $0.days > 0 }
  }

  /// Deletes the statistics.
  ///
  /// - Returns: false if a reader keeps traces of them in the journal for now.
  public func run() throws -> Bool {
    try store.prunePast(before: firstDaysKept)
    try store.prune(before: firstDaysKept)
    return try sealing.finish()
  }
}

import Hits
import SaltVault
import StatsStore

/// A day of a site that was sealed.
public struct SealedDay: Equatable, Sendable {
  /// The site's main host.
  public var host: String
  /// Days since 1970-01-01.
  public var day: Int32
}

/// Seals days for good: hits, line hashes and salts go, statistics stay. docs/exactly-once.md says why in this order.
///
/// A crash anywhere leaves each day either open or sealed; ``finish()`` does what was left, and every command that writes
/// begins with it.
public struct Sealing {
  /// How long after it is over and untouched a day is sealed unless something else is asked for, in seconds.
  public static let usualDelay: Int64 = 48 * 3_600

  /// What to say where ``finish()`` could not do everything.
  public static let heldUp =
    "a reader of the database keeps traces of sealed days in the journal; the next command removes them"

  private let store: StatsStore
  private let vault: SaltVault

  /// Seals days of a database opened for writing.
  public init(_ store: StatsStore, _ vault: SaltVault) {
    self.store = store
    self.vault = vault
  }

  /// Seals the days that were over and untouched for so many seconds when the last import of their site ended.
  public func sealSettledDays(after delay: Int64) throws -> [SealedDay] {
    try seal(try store.openDays().filter { $0.isSettled(after: delay) })
  }

  /// Seals the days that are over and untouched for so many seconds now, whether or not an import was run since.
  public func sealSettledDays(after delay: Int64, now: Int64, site: String?) throws -> [SealedDay] {
    try seal(try openDays(of: site).filter { now >= $0.settlesAt(after: delay) })
  }

  /// Seals all days up to one, or just that one, that are over.
  ///
  /// - Throws: ``Refusal`` where one of them is not over yet, or there is no such day.
  public func seal(_ day: Int32, andEarlier: Bool, site: String?, now: Int64) throws -> [SealedDay] {
    let days = try openDays(of: site).filter { andEarlier ? $0.day <= day : $0.day == day }
    if let unfinished = days.first(where: { $0.overAt > now }) {
      throw Refusal.usage(
        "\(DayName.name(unfinished.day)) is not over yet for \(unfinished.host); what is left of it could not be counted any more"
      )
    }
    if days.isEmpty, !andEarlier {
      throw Refusal.usage("\(DayName.name(day)) is no open day\(site.map { " of \($0)" } ?? ""); see footfall status")
    }
    return try seal(days)
  }

  /// Seals all days of some sites that are over.
  public func sealDaysThatAreOver(ofSites sites: Set<UInt32>, now: Int64) throws -> [SealedDay] {
    try seal(try store.openDays().filter { sites.contains($0.site) && $0.overAt <= now })
  }

  /// Sums up months that are sealed, and deletes what an interrupted sealing has left: unused texts, deleted rows in the
  /// journal, salts of days that are not open.
  ///
  /// - Returns: false where a reader keeps the journal from being emptied; then the salts stay, and the next command tries
  ///   again.
  @discardableResult
  public func finish() throws -> Bool {
    // A request of the collect API may open a day and make its salt meanwhile.
    try store.exclusively { try finishAlone() }
  }

  private func finishAlone() throws -> Bool {
    try store.sumUpMonths()
    let open = Set(try store.openDays().map { DayName.name($0.day) })
    let needless = try vault.days().filter { !open.contains($0) }
    let isUnswept = try store.isUnswept()
    guard isUnswept || !needless.isEmpty else { return true }
    if isUnswept { try store.sweep() }
    guard try store.emptyJournal() else { return false }
    try vault.destroySalts(ofDays: needless)
    if isUnswept { try store.noteSwept() }
    return true
  }

  private func openDays(of site: String?) throws -> [OpenDay] {
    guard let site else { return try store.openDays() }
    let profile = try store.site(named: site)
    return try store.openDays().filter { $0.site == profile.id }
  }

  private func seal(_ days: [OpenDay]) throws -> [SealedDay] {
    guard !days.isEmpty else { return [] }
    try store.rebuildDirtyDays()
    let sealed = try store.seal(days)
    try finish()
    return sealed.map { SealedDay(host: $0.host, day: $0.day) }
  }
}

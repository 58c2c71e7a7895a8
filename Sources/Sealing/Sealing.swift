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

/// Seals days for good: destroys their hits, line hashes and salts, and keeps their statistics.
/// docs/exactly-once.md explains the order of the steps.
///
/// A crash at any point leaves each day either open or sealed. ``finish()`` completes interrupted work, and every
/// command that writes calls it first.
public struct Sealing {
  /// The default number of seconds a day must be over and untouched before it is sealed.
  public static let usualDelay: Int64 = 48 * 3_600

  /// The message for when ``finish()`` could not do everything.
  public static let heldUp =
    "another process is reading the database, so traces of sealed days remain in its journal; the next command removes them"

  private let store: StatsStore
  private let vault: SaltVault

  /// Creates a sealer for a database opened for writing.
  public init(_ store: StatsStore, _ vault: SaltVault) {
    self.store = store
    self.vault = vault
  }

  /// Seals the days that had been over and untouched for `delay` seconds when the last import of their site ended.
  public func sealSettledDays(after delay: Int64) throws -> [SealedDay] {
    try seal(try store.openDays().filter { $0.isSettled(after: delay) })
  }

  /// Seals the days that have been over and untouched for `delay` seconds by now, even if no import has run since.
  public func sealSettledDays(after delay: Int64, now: Int64, site: String?) throws -> [SealedDay] {
    try seal(try openDays(of: site).filter { now >= $0.settlesAt(after: delay) })
  }

  /// Seals the open days of a period by the calendar of each site, or all up to and including its last day.
  ///
  /// - Throws: ``Refusal`` if one of them is not over yet, or if there is no such open day.
  public func seal(_ period: NamedPeriod, andEarlier: Bool, site: String?, now: Int64) throws -> [SealedDay] {
    let calendars = Dictionary(uniqueKeysWithValues: try store.sites().map { ($0.id, $0.calendar) })
    let days = try openDays(of: site).filter { day in
      guard let calendar = calendars[day.site] else { return false }
      let asked = period.days(today: calendar.day(at: now))
      return andEarlier ? day.day <= asked.upperBound : asked.contains(day.day)
    }
    if let unfinished = days.first(where: { $0.overAt > now }) {
      throw Refusal.usage(
        "\(DayName.name(unfinished.day)) is not over yet for \(unfinished.host); once it is sealed, the rest of it can no longer be counted"
      )
    }
    if days.isEmpty, !andEarlier {
      throw Refusal.usage(
        "no open day\(site.map { " of \($0)" } ?? "") is in this period; see footfall status")
    }
    return try seal(days)
  }

  /// Seals all days of these sites that are over.
  public func sealDaysThatAreOver(ofSites sites: Set<UInt32>, now: Int64) throws -> [SealedDay] {
    try seal(try store.openDays().filter { sites.contains($0.site) && $0.overAt <= now })
  }

  /// Sums up sealed months and deletes what an interrupted sealing left behind: unused texts, deleted rows in the
  /// journal, and salts of days that are not open.
  ///
  /// - Returns: false if a reader prevents the journal from being emptied. The salts then stay, and the next
  ///   command tries again.
  @discardableResult
  public func finish() throws -> Bool {
    // Otherwise a request to the collect API could open a day and create its salt meanwhile.
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

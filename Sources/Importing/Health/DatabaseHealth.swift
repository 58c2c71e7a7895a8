import Foundation
import Hits
import LogInput
import SaltVault
import Sealing
import StatsStore

/// Checks the database: whether it is sound, what imports did last, what is unfinished, and its vault.
struct DatabaseHealth {
  private static let day: Int64 = 86_400
  /// How long a nightly import may be missing, in seconds.
  private static let mostSilence = 2 * day
  /// How long a settled day may wait to be sealed, and a day may go on getting lines after it is over, in seconds.
  private static let mostWaiting = 2 * day
  private static let mostTouched = 7 * day
  /// How far a line may be ahead of the clock, in seconds: hours are as fine as it is known.
  private static let mostAhead: Int64 = 3_600

  /// The results except that of the vault.
  private(set) var checks: [HealthCheck] = []
  /// The result of the vault.
  private(set) var vault: [HealthCheck] = []
  /// The geo files that the database remembers.
  private(set) var rememberedGeo: [String] = []
  private let options: HealthOptions

  init(_ options: HealthOptions) {
    self.options = options
    guard FileFacts(path: options.database) != nil else {
      checks = [
        .warning("database", "\(options.database): there is none yet", "run footfall import, or name another with --db")
      ]
      vault = checkVault(openDays: nil)
      return
    }
    do {
      let store = try StatsStore(examining: options.database)
      try check(store)
    } catch {
      checks.append(.problem("database", "\(error)", "restore it from a backup, or name another with --db"))
      vault = checkVault(openDays: nil)
    }
  }

  private mutating func check(_ store: StatsStore) throws {
    checks += try soundness(store)
    guard try store.isCurrent() else {
      checks.append(
        .warning(
          "schema", "its tables are those of an earlier version",
          "run footfall import, which brings them up to date, and then this again"))
      vault = checkVault(openDays: nil)
      return
    }
    // Nothing else can be asked of a site whose days are unknown.
    if let first = try store.unknownZones().first {
      checks.append(
        .problem(
          "clock", "there is no data for the time zone \(first.zone) of \(first.host)",
          "install the package tzdata or, for an old name, tzdata-legacy"))
      vault = checkVault(openDays: nil)
      return
    }
    let status = try Status(store, sealDelay: options.sealDelay, now: options.now)
    checks += try books(store) + imports(store, status) + unfinished(store, status) + sealing(status) + clock(store)
    rememberedGeo = try (store.setting("geo") ?? "").split(separator: "\n").map(String.init)
    // A day of robots alone has no salt, since no visitor was told apart.
    vault = checkVault(openDays: status.openDays.filter { $0.holdings.hits > 0 }.map { DayName.name($0.day.day) })
  }

  private func soundness(_ store: StatsStore) throws -> [HealthCheck] {
    let damage = try store.damage(isThorough: options.isThorough)
    guard let first = damage.first else {
      return [.ok("database", options.isThorough ? "sound, compared in full" : "sound (--full compares indices, too)")]
    }
    return [
      .problem(
        "database", "\(options.database) is damaged: \(first.split(separator: "\n").last ?? "")",
        "restore it from a backup, and import the logs since then again")
    ]
  }

  private func books(_ store: StatsStore) throws -> [HealthCheck] {
    let days = try store.unbalancedDays()
    guard let first = days.first else { return [.ok("books", "the outcomes of all days add up to their lines")] }
    return [
      .problem(
        "books",
        "the outcomes of \(count(days.count, "day")) do not add up to the lines, such as \(DayName.name(first.day)) of \(first.host)",
        "please report this; footfall rebuild counts a day again from its logs")
    ]
  }

  private func imports(_ store: StatsStore, _ status: Status) throws -> [HealthCheck] {
    guard let last = status.lastImport else {
      return [.warning("import", "nothing was imported yet", "run footfall import")]
    }
    if last.finishedAt == nil {
      guard !store.isBeingWritten else { return [.ok("import", "import \(last.id) is running")] }
      return [
        .problem(
          "import", "import \(last.id) was interrupted", "run it again; nothing is lost, and nothing counts twice")
      ]
    }
    let age = options.now - last.startedAt
    if age > Self.mostSilence, try isNightly(store) {
      return [
        .warning(
          "import", "the last import was \(age / Self.day) days ago, and those before came every day",
          "look whether the job runs (systemctl list-timers, crontab -l) and what it says")
      ]
    }
    let troubled = last.files.count { $0.problem != nil }
    guard troubled == 0 else {
      return [
        .warning(
          "import", "import \(last.id) could not read \(troubled) of \(count(last.files.count, "file")) in full",
          "footfall imports --json shows the reasons")
      ]
    }
    let ago =
      age < 2 * 3_600
      ? "\(max(age, 0) / 60) minutes" : age < 2 * Self.day ? "\(age / 3_600) hours" : "\(age / Self.day) days"
    return [.ok("import", "import \(last.id) finished, \(ago) ago")]
  }

  /// Whether the last imports came about every day.
  private func isNightly(_ store: StatsStore) throws -> Bool {
    let starts = try store.lastStarts(4)
    guard starts.count > 2 else { return false }
    let pauses = zip(starts, starts.dropFirst()).map { $0 - $1 }
    return pauses.allSatisfy { $0 <= Self.mostSilence } && pauses.reduce(0, +) >= Self.day
  }

  private func unfinished(_ store: StatsStore, _ status: Status) throws -> [HealthCheck] {
    guard !store.isBeingWritten else { return [.ok("unfinished", "a command is writing now")] }
    let journal = FileFacts(path: options.database + "-wal")?.size ?? 0
    var left: [String] = []
    if status.dirtyDays > 0 { left.append("\(count(status.dirtyDays, "day")) to be recounted") }
    if try store.isUnswept() { left.append("traces of sealed days") }
    guard !left.isEmpty else {
      return [
        .ok("unfinished", journal > 0 ? "nothing; the journal is in use, or the next command empties it" : "nothing")
      ]
    }
    return [
      .warning(
        "unfinished", "a command was interrupted and left " + left.joined(separator: " and "),
        "run footfall import or footfall seal; either finishes it")
    ]
  }

  private func sealing(_ status: Status) -> [HealthCheck] {
    let waiting = status.openDays.filter { $0.reason == .awaitsImport && options.now - $0.sealsAt > Self.mostWaiting }
    let touched = status.openDays.filter { $0.reason == .touched && options.now - $0.day.overAt > Self.mostTouched }
    if let first = waiting.first {
      return [
        .warning(
          "sealing",
          "\(count(waiting.count, "day")) could have been sealed long ago, such as \(name(first)); no import of the site has come since",
          "import its logs, or run footfall seal; until then, visitors of these days can still be told apart")
      ]
    }
    if let first = touched.first {
      return [
        .warning(
          "sealing",
          "\(count(touched.count, "day")) still got lines more than a week after they were over, such as \(name(first))",
          "if these are old logs, run footfall seal when all are imported")
      ]
    }
    let open = status.openDays.count
    return [.ok("sealing", open == 0 ? "no open days" : "\(count(open, "open day")), none of them overdue")]
  }

  private func name(_ day: Status.Day) -> String { "\(DayName.name(day.day.day)) of \(day.day.host)" }

  private func clock(_ store: StatsStore) throws -> [HealthCheck] {
    if let newest = try store.newestHour(), newest > options.now + Self.mostAhead {
      let day = DayName.name(LocalCalendar.utc.day(at: newest))
      return [
        .warning(
          "clock", "lines of \(day) were counted, which is later than this clock says",
          "set the clock (timedatectl); if it is right, that of the server was wrong, and its days stay open until then"
        )
      ]
    }
    return [.ok("clock", "not before the newest line; time zones of all sites are known")]
  }

  private func checkVault(openDays: [String]?) -> [HealthCheck] {
    do throws(VaultError) {
      return [vault(try VaultFacts(besideDatabase: options.database), openDays)]
    } catch {
      return [.problem("vault", "\(error)", "make it accessible for the user who imports, and nobody else")]
    }
  }

  private func vault(_ facts: VaultFacts, _ openDays: [String]?) -> HealthCheck {
    let folder = facts.folder
    guard facts.exists else {
      guard let openDays, !openDays.isEmpty else { return .ok("vault", "there is none, and no open day needs one") }
      return .problem(
        "vault", "\(folder) is missing, which \(count(openDays.count, "open day")) would need",
        "restore it, or run footfall seal: the days then keep what they have")
    }
    if let path = facts.open.first {
      return .problem("vault", "\(path): other users may read secrets", "run chmod -R go= \(folder)")
    }
    if let path = facts.foreign.first {
      let owner = FileHealth.name(ofUser: facts.owner)
      return .problem("vault", "\(path) belongs to another user than the vault", "run chown -R \(owner) \(folder)")
    }
    var database = stat()
    if unsafe stat(options.database, &database) == 0, database.st_uid != facts.owner {
      let owner = FileHealth.name(ofUser: database.st_uid)
      return .problem("vault", "\(folder) belongs to another user than the database", "run chown -R \(owner) \(folder)")
    }
    let missing = (openDays ?? []).filter { !facts.days.contains($0) }
    if !missing.isEmpty || !facts.hasKey && openDays?.isEmpty == false {
      return .problem(
        "vault", "secrets of open days are missing in \(folder)",
        "restore them, or run footfall seal: the days then keep what they have")
    }
    if facts.leftovers > 0 {
      return .warning(
        "vault", "\(folder) has \(count(facts.leftovers, "file")) of a command that was killed",
        "the next command that writes deletes them")
    }
    return .ok("vault", "closed to others; secrets of all open days are there")
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

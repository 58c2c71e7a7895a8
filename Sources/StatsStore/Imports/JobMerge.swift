import Foundation
import GRDB
import Hits
import Ledger
import Rollups

extension StatsStore {
  /// Returns what a job would change.
  public func effect(of job: JobAddition) throws -> JobEffect {
    try read { db in
      let days = try job.days.map { day in
        let old = try JobMerge.isKnown(day, db) ? Self.statistics(site: day.site, day: day.day, db).total : nil
        return JobEffect.Day(host: day.host, day: day.day, old: old, new: day.statistics.total)
      }
      var outcomes = OutcomeCounts()
      for (key, lines) in job.files.flatMap(\.outcomes) { outcomes[key.outcome] += lines }
      return JobEffect(days: days, files: job.files.count, outcomes: outcomes)
    }
  }

  /// Checks whether a job can be merged.
  ///
  /// - Throws: ``JobConflict`` if it cannot.
  public func check(_ job: JobAddition) throws {
    try read { db in try JobMerge(job, db).check() }
  }

  /// Adds the days of a job and seals them, in one transaction: statistics, books, hours, and the ids of the
  /// blocks, by which the lines are known from now on.
  ///
  /// - Throws: ``JobConflict`` if it can no longer be merged.
  public func add(_ job: JobAddition, now: Int64) throws {
    dictionary.forget()
    try write { db in
      let merge = JobMerge(job, db)
      try merge.check()
      try merge.run(now: now)
    }
  }
}

/// Adds what a job counted.
private struct JobMerge {
  private let job: JobAddition
  private let db: Database

  init(_ job: JobAddition, _ db: Database) {
    self.job = job
    self.db = db
  }

  func check() throws {
    if !job.replaces { try checkDays() }
    var owners: [BlockID: String] = [:]
    let ledger = DatabaseLedger(db: db)
    for file in job.files {
      for block in file.blocks where block.isStrong {
        if let owner = owners.updateValue(file.name, forKey: block.id) {
          throw JobConflict.sameLines(file: file.name, other: owner)
        }
        if try !job.replaces && ledger.place(of: block.id) != nil {
          throw JobConflict.linesKnown(file: file.name)
        }
      }
    }
  }

  private func checkDays() throws {
    for host in Set(job.days.map(\.host)).sorted() {
      var taken: [(day: Int32, isSealed: Bool)] = []
      for day in job.days where day.host == host {
        if let state = try state(of: day) { taken.append((day.day, state != "open")) }
      }
      guard let first = taken.first else { continue }
      throw JobConflict.daysTaken(host: host, days: taken.map(\.day), isSealed: first.isSealed)
    }
  }

  /// Returns the state of a day; nil if nothing has been counted for it.
  private func state(of day: JobDay) throws -> String? {
    let state = try String.fetchOne(
      db, sql: "SELECT state FROM day WHERE site = ? AND day = ?", arguments: [Int64(day.site), day.day])
    guard state == "open" else { return state }
    let isFilled = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS(SELECT 1 FROM run WHERE site = ?1 AND day = ?2)
          OR EXISTS(SELECT 1 FROM robot_run WHERE site = ?1 AND day = ?2)
          OR EXISTS(SELECT 1 FROM robot_piece WHERE site = ?1 AND day = ?2)
        """, arguments: [Int64(day.site), day.day])
    return isFilled == true ? state : nil
  }

  func run(now: Int64) throws {
    var dictionary = TextDictionary()
    let known = try job.days.map { try Self.isKnown($0, db) }
    let replaced = zip(job.days, known).filter(\.1).map(\.0)
    for day in job.days {
      try StatsStore.seal(
        day.statistics, site: day.site, day: day.day, behaviour: day.behaviour, &dictionary, now: now, db)
    }
    let id = try newImport(rebuilding: nil, now: now)
    let places = Set(replaced.map { Place(site: $0.site, day: $0.day) })
    try addBooks(import: id) { !places.contains($0) }
    for day in replaced {
      let place = Place(site: day.site, day: day.day)
      try addBooks(import: try newImport(rebuilding: day, now: now)) { $0 == place }
    }
    try addHours(import: id)
    try addBlocks(import: id)
  }

  private struct Place: Hashable {
    var site: UInt32
    var day: Int32
  }

  /// Returns whether a day is in the database, empty or not.
  static func isKnown(_ day: JobDay, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS(SELECT 1 FROM day WHERE site = ? AND day = ?)", arguments: [Int64(day.site), day.day])
      ?? false
  }

  private func newImport(rebuilding day: JobDay?, now: Int64) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO import(started_at, finished_at, version, site, rebuilt_day, merged_from) VALUES(?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        job.startedAt, now, job.version, day.map { Int64($0.site) }, day?.day, day == nil ? ImportRecord.job : nil,
      ])
    return db.lastInsertedRowID
  }

  /// Records the outcomes of the lines on these days. Skips files whose lines all fall on other days.
  private func addBooks(import id: Int64, ofPlaces isWanted: (Place) -> Bool) throws {
    for file in job.files {
      let outcomes = file.outcomes.filter { isWanted(Place(site: $0.key.site, day: $0.key.day)) }
      guard !outcomes.isEmpty || file.outcomes.isEmpty else { continue }
      try db.execute(
        sql: "INSERT INTO import_file(import, name, format) VALUES(?, ?, ?)", arguments: [id, file.name, file.format])
      try StatsStore.add(outcomes, file: db.lastInsertedRowID, db)
    }
  }

  private func addHours(import id: Int64) throws {
    var hours: [Place: [Int: Int]] = [:]
    for (hour, lines) in job.files.flatMap(\.hours) {
      hours[Place(site: hour.site, day: hour.day), default: [:]][hour.hour, default: 0] += lines
    }
    for day in job.days {
      let place = Place(site: day.site, day: day.day)
      try StatsStore.replaceHours(hours[place] ?? [:], site: day.site, day: day.day, import: id, db)
    }
  }

  /// Stores the ids of blocks, as for sealed days. Lines that a rule excluded are in none of them.
  private func addBlocks(import id: Int64) throws {
    let ledger = DatabaseLedger(db: db)
    for file in job.files { try ledger.store(file.blocks, import: id) }
  }
}

extension DatabaseLedger {
  /// Stores a stream of blocks that are known only by their ids.
  fileprivate func store(_ blocks: [BlockName], import id: Int64) throws {
    guard !blocks.isEmpty else { return }
    let stream = try newStream()
    let insert = try db.cachedStatement(
      sql: "INSERT INTO block(stream, sequence, complete, lines, id, first_day, last_day) VALUES(?, ?, ?, ?, ?, ?, ?)")
    for (sequence, block) in blocks.enumerated() {
      try insert.execute(arguments: [
        stream, sequence, block.isComplete, block.lines, DataBlob.data(block.id.bytes), block.days?.lowerBound,
        block.days?.upperBound,
      ])
    }
    try noteExtent(ofImport: id, stream: stream, lines: blocks.reduce(0) { $0 + $1.lines })
  }
}

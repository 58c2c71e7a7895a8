import Foundation
import GRDB
import Hits
import Rollups

/// Some requests of robots of a batch.
public struct RobotSlice: Sendable {
  /// The batch with its texts.
  public var batch: HitBatch
  /// The requests to store.
  public var requests: [RobotRequest]
  /// The requests for feeds among them, by their readers.
  public var feeds: [FeedRequest]

  /// Creates a slice of a batch.
  public init(batch: HitBatch, requests: [RobotRequest], feeds: [FeedRequest]) {
    self.batch = batch
    self.requests = requests
    self.feeds = feeds
  }
}

/// The requests of robots on open days, added up for each import, or packed if there are many.
///
/// The statistics of a day are counted from them with the day's other statistics, so that they never depend on the order
/// of imports and an import can be undone. They are deleted when the day is sealed.
struct RobotRuns {
  /// How many of a day's requests are packed together. Fewer are added to the rows of `robot_run`, which add up, so that
  /// imports of few lines at a time, as by the collect API, do not pile up pieces.
  private static let fewestPacked = 32

  private struct DayKey: Hashable, Comparable {
    var site: UInt32
    var day: Int32

    static func < (left: Self, right: Self) -> Bool { (left.site, left.day) < (right.site, right.day) }
  }

  /// What the rows of one import about a feed have in common, in the order of the table's key.
  private struct FeedKey: Comparable {
    var day: DayKey
    var robot: Int64
    var page: Int64
    var reader: Int64

    static func < (left: Self, right: Self) -> Bool {
      (left.day, left.robot, left.page, left.reader) < (right.day, right.robot, right.page, right.reader)
    }
  }

  /// The requests of each day, by the places in ``places``.
  private var days: [(key: DayKey, entries: [RobotRunCodec.Entry])] = []
  private var places: [DayKey: Int] = [:]
  /// The day of the previous request, which is usually also that of the next one.
  private var last: (key: DayKey, place: Int)?
  private var feeds: [(key: FeedKey, requests: Int64, subscribers: Int64)] = []

  /// Adds the requests of a slice, with ids of the dictionary instead of the batch's symbols.
  mutating func add(_ slice: RobotSlice, _ dictionary: inout TextDictionary, _ stored: StoredTexts) throws {
    let batch = slice.batch
    var robots = NotedSymbols(of: batch.robots)
    var pages = NotedSymbols(of: batch.pages)
    dictionary.makeRoom()
    for request in slice.requests {
      if !robots.isNoted(request.robot) { try robots.note(request.robot, of: batch.robots, &dictionary, stored) }
      if !pages.isNoted(request.page) { try pages.note(request.page, of: batch.pages, &dictionary, stored) }
    }
    try dictionary.findNoted(in: stored)
    for request in slice.requests {
      let place = place(of: DayKey(site: request.site, day: request.day))
      days[place].entries.append(
        RobotRunCodec.Entry(
          robot: UInt32(dictionary.id(ofSymbol: robots[request.robot])),
          page: UInt32(dictionary.id(ofSymbol: pages[request.page])), thing: request.thing.rawValue,
          answer: request.answer.rawValue, sum: .init(count: 1, bytes: request.bytes)))
    }
    // Each of these requests is among the others.
    for feed in slice.feeds {
      let key = FeedKey(
        day: DayKey(site: feed.site, day: feed.day), robot: dictionary.id(ofSymbol: robots[feed.robot]),
        page: dictionary.id(ofSymbol: pages[feed.page]), reader: Int64(bitPattern: feed.reader.id))
      feeds.append((key, 1, Int64(feed.reader.subscribers)))
    }
  }

  private mutating func place(of key: DayKey) -> Int {
    if let last, last.key == key { return last.place }
    let place = places[key] ?? days.count
    if place == days.count {
      days.append((key, []))
      places[key] = place
    }
    last = (key, place)
    return place
  }

  /// Adds everything to the import's rows.
  mutating func write(import id: Int64, _ db: Database) throws {
    try writeRequests(import: id, db)
    try writeFeeds(import: id, db)
  }

  private func writeRequests(import id: Int64, _ db: Database) throws {
    guard !days.isEmpty else { return }
    var insert = try RowInsert(
      into: "robot_run", columns: 9,
      onConflict: "UPDATE SET requests = requests + excluded.requests, bytes = bytes + excluded.bytes", db)
    let pack = try db.cachedStatement(sql: "INSERT INTO robot_piece(site, day, import, data) VALUES(?, ?, ?, ?)")
    for (key, entries) in days.sorted(by: { $0.key < $1.key }) {
      let sums = RobotRunCodec.sums(entries)
      guard sums.count < Self.fewestPacked else {
        let data = DataBlob.data(RobotRunCodec.pack(sums))
        try pack.execute(arguments: [Int64(key.site), key.day, id, data])
        continue
      }
      for entry in sums {
        try insert.add([
          Int64(key.site), Int64(key.day), id, Int64(entry.robot), Int64(entry.page), Int64(entry.thing),
          Int64(entry.answer), entry.sum.count, entry.sum.bytes,
        ])
      }
    }
    try insert.finish()
  }

  private mutating func writeFeeds(import id: Int64, _ db: Database) throws {
    guard !feeds.isEmpty else { return }
    feeds.sort { $0.key < $1.key }
    var insert = try RowInsert(
      into: "feed_run", columns: 8,
      onConflict: """
        UPDATE SET requests = requests + excluded.requests, subscribers = max(subscribers, excluded.subscribers)
        """, db)
    var index = 0
    while index < feeds.count {
      var (key, sum, subscribers) = feeds[index]
      index += 1
      while index < feeds.count, feeds[index].key == key {
        sum += feeds[index].requests
        subscribers = max(subscribers, feeds[index].subscribers)
        index += 1
      }
      try insert.add([
        Int64(key.day.site), Int64(key.day.day), id, key.robot, key.page, key.reader, sum, subscribers,
      ])
    }
    try insert.finish()
  }

  /// Counts the day's robots anew. The day's statistics must have been deleted before.
  ///
  /// - Parameter rows: takes the new rows.
  static func count(
    site: UInt32, day: Int32, _ rows: inout DayRows, _ dictionary: inout TextDictionary, _ stored: StoredTexts,
    _ db: Database
  ) throws {
    let (rollup, pages) = try rollup(site: site, day: day, dictionary, stored, db)
    guard var sums = rollup.rows(other: StatsStore.otherValues) else { return }
    var values: [(dimension: Rollups.Dimension, value: Int64, counts: Counts)] = []
    dictionary.makeRoom()
    try sums.forEachText { dimension, text, counts in
      values.append((dimension, Int64(try dictionary.note(text, in: stored)), counts))
    }
    try dictionary.findNoted(in: stored)
    for index in values.indices { values[index].value = dictionary.id(ofSymbol: UInt32(values[index].value)) }
    values.sort { ($0.dimension.rawValue, $0.value) < ($1.dimension.rawValue, $1.value) }
    for (dimension, value, counts) in values {
      try rows.add(dimension, value: value, counts, site: site, day: day, db)
    }
    try RobotPages.insert(
      try pageRows(of: &sums, pages: pages, &dictionary, stored), site: site, day: day, db)
  }

  /// Returns the rows of pages with ids of the dictionary.
  ///
  /// - Parameter pages: the ids by the numbers of the rollup.
  private static func pageRows(
    of sums: inout RobotRows, pages: [UInt32], _ dictionary: inout TextDictionary, _ stored: StoredTexts
  ) throws -> [RobotPages.Row] {
    var found: [RobotRows.Page] = []
    sums.forEachPage { found.append($0) }
    var robots: [UInt32: Int64] = [:]
    var other: Int64?
    var rows: [RobotPages.Row] = []
    rows.reserveCapacity(found.count)
    for sum in found {
      let robot =
        try robots[sum.robot] ?? sums.withRobot(sum.robot) { text in try dictionary.id(of: text, in: stored) }
      robots[sum.robot] = robot
      let page: Int64
      if let number = sum.page {
        page = Int64(pages[Int(number)])
      } else {
        page = try other ?? dictionary.id(of: StatsStore.otherValues, in: stored)
        other = page
      }
      rows.append(RobotPages.Row(robot: robot, page: page, thing: sum.thing, answer: sum.answer, sum: sum.sum))
    }
    return rows
  }

  /// Collects the requests of a day's robots from all imports. Also returns the ids of the pages by their numbers.
  private static func rollup(
    site: UInt32, day: Int32, _ dictionary: TextDictionary, _ stored: StoredTexts, _ db: Database
  ) throws -> (RobotRollup, pages: [UInt32]) {
    var rollup = RobotRollup()
    var robots = NumberedIDs()
    var pages = NumberedIDs()
    let place: [2 of Int64] = [Int64(site), Int64(day)]
    let requests = try RowStatement(
      "SELECT robot, page, thing, answer, requests, bytes FROM robot_run WHERE site = ? AND day = ?", db)
    try requests.forEachRow(place.span, columns: 6) { row in
      rollup.add(
        robot: try robots.number(of: row[0], dictionary, stored) { rollup.number(ofRobot: $0) },
        page: try pages.number(of: row[1], dictionary, stored) { rollup.number(ofPage: $0) },
        thing: FetchedThing(rawValue: UInt8(clamping: row[2])) ?? .page,
        answer: AnswerKind(rawValue: UInt8(clamping: row[3])) ?? .other, .init(count: row[4], bytes: row[5]))
    }
    let pieces = try Data.fetchCursor(
      db.cachedStatement(sql: "SELECT data FROM robot_piece WHERE site = ? AND day = ? ORDER BY id"),
      arguments: [Int64(site), day])
    while let piece = try pieces.next() {
      var reader = RobotRunReader(DataBlob.bytes(piece))
      while let entry = try reader.next() {
        rollup.add(
          robot: try robots.number(of: Int64(entry.robot), dictionary, stored) { rollup.number(ofRobot: $0) },
          page: try pages.number(of: Int64(entry.page), dictionary, stored) { rollup.number(ofPage: $0) },
          thing: FetchedThing(rawValue: entry.thing) ?? .page, answer: AnswerKind(rawValue: entry.answer) ?? .other,
          entry.sum)
      }
    }
    let feeds = try RowStatement(
      "SELECT robot, page, reader, requests, subscribers FROM feed_run WHERE site = ? AND day = ?", db)
    try feeds.forEachRow(place.span, columns: 5) { row in
      rollup.add(
        robot: try robots.number(of: row[0], dictionary, stored) { rollup.number(ofRobot: $0) },
        feed: try pages.number(of: row[1], dictionary, stored) { rollup.number(ofPage: $0) },
        reader: UInt64(bitPattern: row[2]), requests: row[3], subscribers: UInt32(clamping: row[4]))
    }
    return (rollup, pages.ids)
  }

  /// Deletes a day's requests of one import, or of all imports.
  static func delete(site: UInt32, day: Int32, import id: Int64? = nil, _ db: Database) throws {
    for table in ["robot_run", "robot_piece", "feed_run"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE site = ?1 AND day = ?2 AND (?3 IS NULL OR import = ?3)",
        arguments: [Int64(site), day, id])
    }
  }
}

/// The numbers of a rollup for ids of the dictionary. The text of each is read once.
private struct NumberedIDs {
  private var places = DenseIDs()
  private var numbers: [UInt32] = []

  /// The ids by their numbers, which are given in the order in which texts come, and no two ids have the same text.
  var ids: [UInt32] { places.ids }

  mutating func number(
    of id: Int64, _ dictionary: TextDictionary, _ stored: StoredTexts, _ number: (Span<UInt8>) -> UInt32
  ) throws -> UInt32 {
    guard let id = UInt32(exactly: id) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    let place = places.insert(id)
    if place == numbers.count {
      let isThere = try dictionary.withText(of: id, in: stored) { numbers.append(number($0)) }
      guard isThere else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    }
    return numbers[place]
  }
}

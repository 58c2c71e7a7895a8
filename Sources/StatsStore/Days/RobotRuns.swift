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

/// The requests of robots on open days, added up for each import.
///
/// The statistics of a day are counted from them with the day's other statistics, so that they never depend on the order
/// of imports and an import can be undone. They are deleted when the day is sealed.
struct RobotRuns {
  /// Site, day, robot, page, thing and answer of requests.
  private typealias RequestKey = SIMD8<Int64>

  private var requests: [RequestKey: RobotRollup.Requests] = [:]
  private var feeds: [RequestKey: (requests: Int64, subscribers: Int64)] = [:]

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
      let key = RequestKey(
        Int64(request.site), Int64(request.day), dictionary.id(ofSymbol: robots[request.robot]),
        dictionary.id(ofSymbol: pages[request.page]), Int64(request.thing.rawValue), Int64(request.answer.rawValue), 0,
        0)
      requests[key, default: .init(count: 0, bytes: 0)] += .init(count: 1, bytes: request.bytes)
    }
    // Each of these requests is among the others.
    for feed in slice.feeds {
      let key = RequestKey(
        Int64(feed.site), Int64(feed.day), dictionary.id(ofSymbol: robots[feed.robot]),
        dictionary.id(ofSymbol: pages[feed.page]), Int64(bitPattern: feed.reader.id), 0, 0, 0)
      let known = feeds[key] ?? (0, 0)
      feeds[key] = (known.requests + 1, max(known.subscribers, Int64(feed.reader.subscribers)))
    }
  }

  /// Adds everything to the import's rows.
  func write(import id: Int64, _ db: Database) throws {
    if !requests.isEmpty {
      let statement = try RowStatement(
        """
        INSERT INTO robot_run VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, bytes = bytes + excluded.bytes
        """, db)
      for (key, sum) in requests.sorted(by: { Self.precedes($0.key, $1.key) }) {
        let row: [9 of Int64] = [key[0], key[1], id, key[2], key[3], key[4], key[5], sum.count, sum.bytes]
        try statement.execute(row.span)
      }
    }
    if !feeds.isEmpty {
      let statement = try RowStatement(
        """
        INSERT INTO feed_run VALUES(?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
          subscribers = max(subscribers, excluded.subscribers)
        """, db)
      for (key, sum) in feeds.sorted(by: { Self.precedes($0.key, $1.key) }) {
        let row: [8 of Int64] = [key[0], key[1], id, key[2], key[3], key[4], sum.requests, sum.subscribers]
        try statement.execute(row.span)
      }
    }
  }

  private static func precedes(_ left: RequestKey, _ right: RequestKey) -> Bool {
    for index in 0..<6 where left[index] != right[index] { return left[index] < right[index] }
    return false
  }

  /// Counts the day's robots anew. The day's statistics must have been deleted before.
  static func count(
    site: UInt32, day: Int32, _ dictionary: inout TextDictionary, _ stored: StoredTexts, _ db: Database
  ) throws {
    let rows = try rollup(site: site, day: day, db).rows(other: StatsStore.otherValues)
    guard !rows.isEmpty else { return }
    dictionary.makeRoom()
    var symbols: [UInt32] = []
    for (value, _) in rows {
      let text = Array(value.text.utf8)
      symbols.append(try dictionary.note(text.span, in: stored))
    }
    try dictionary.findNoted(in: stored)
    var values: [[9 of Int64]] = []
    for ((value, counts), symbol) in zip(rows, symbols) {
      let id = dictionary.id(ofSymbol: symbol)
      values.append([
        Int64(site), Int64(value.dimension.rawValue), Int64(day), id, counts.pageviews, counts.visitors, counts.visits,
        counts.bounces, counts.seconds,
      ])
    }
    values.sort { ($0[1], $0[3]) < ($1[1], $1[3]) }
    var insert = try RowInsert(into: "agg", columns: 9, db)
    for row in values { try insert.add(row) }
    try insert.finish()
  }

  /// Adds up the requests of a day's robots from all imports.
  private static func rollup(site: UInt32, day: Int32, _ db: Database) throws -> RobotRollup {
    var rollup = RobotRollup()
    let requests = """
      SELECT robot_text.text, page_text.text, thing, answer, sum(requests), sum(bytes)
      FROM robot_run JOIN dict AS robot_text ON robot_text.id = robot JOIN dict AS page_text ON page_text.id = page
      WHERE site = ? AND day = ? GROUP BY robot, page, thing, answer
      """
    let found = try Row.fetchCursor(db.cachedStatement(sql: requests), arguments: [Int64(site), day])
    while let row = try found.next() {
      let key = RobotRollup.Key(
        robot: row[0], page: row[1], thing: FetchedThing(rawValue: row[2]) ?? .page,
        answer: AnswerKind(rawValue: row[3]) ?? .other)
      rollup.add(key, .init(count: row[4], bytes: row[5]))
    }
    let feeds = """
      SELECT robot_text.text, page_text.text, reader, sum(requests), max(subscribers)
      FROM feed_run JOIN dict AS robot_text ON robot_text.id = robot JOIN dict AS page_text ON page_text.id = page
      WHERE site = ? AND day = ? GROUP BY robot, page, reader
      """
    let readers = try Row.fetchCursor(db.cachedStatement(sql: feeds), arguments: [Int64(site), day])
    while let row = try readers.next() {
      let key = RobotRollup.FeedKey(robot: row[0], page: row[1], reader: UInt64(bitPattern: row[2] as Int64))
      rollup.add(key, requests: row[3], subscribers: UInt32(clamping: row[4] as Int64))
    }
    return rollup
  }

  /// Deletes a day's requests of one import, or of all imports.
  static func delete(site: UInt32, day: Int32, import id: Int64? = nil, _ db: Database) throws {
    for table in ["robot_run", "feed_run"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE site = ?1 AND day = ?2 AND (?3 IS NULL OR import = ?3)",
        arguments: [Int64(site), day, id])
    }
  }
}

import Foundation
import GRDB
import Ledger

/// The ledger's rows in the database, read and written within one transaction.
struct DatabaseLedger: LedgerStorage {
  let db: Database
  private let cache = BlockCache()

  init(db: Database) {
    self.db = db
  }

  func place(of id: BlockID) throws -> (stream: Int64, sequence: Int)? {
    let statement = try db.cachedStatement(sql: "SELECT stream, sequence FROM block WHERE id = ? LIMIT 1")
    return try Row.fetchOne(statement, arguments: [DataBlob.data(id.bytes)]).map { ($0["stream"], $0["sequence"]) }
  }

  func hashes(ofStream stream: Int64, sequence: Int) throws -> [UInt64]? {
    try cache.hashes(ofStream: stream, sequence: sequence) {
      let statement = try db.cachedStatement(sql: "SELECT hashes FROM block WHERE stream = ? AND sequence = ?")
      return try Data?.fetchOne(statement, arguments: [stream, sequence]).flatMap { $0 }.map(Self.hashes)
    }
  }

  func blockCount(ofStream stream: Int64) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT max(sequence) FROM block WHERE stream = ?")
    return try Int.fetchOne(statement, arguments: [stream]).map { $0 + 1 } ?? 0
  }

  func places(of hash: UInt64, at time: UInt32?, limit: Int) throws -> [LinePlace] {
    if Ledger.isSampled(hash) { return try placesOfSample(hash, limit: limit) }
    let wanted = DataBlob.data(LineHashes.packed([hash]))
    guard let time else {
      // A line without a time may be in any block. Such lines are rare, and SQLite searches blocks without
      // returning them.
      return try places(
        of: hash, sql: "SELECT stream, sequence FROM block WHERE instr(hashes, ?) > 0 ORDER BY stream, sequence",
        [wanted], limit)
    }
    return try places(
      of: hash,
      sql: """
        SELECT stream, sequence FROM block
        WHERE hashes IS NOT NULL AND last_time >= ? AND first_time <= ? AND instr(hashes, ?) > 0
        ORDER BY stream, sequence
        """, [time, time, wanted], limit)
  }

  /// Returns the places of a line in the blocks that a query selects.
  func places(of hash: UInt64, sql: String, _ arguments: StatementArguments, _ limit: Int) throws -> [LinePlace] {
    let statement = try db.cachedStatement(sql: sql + " LIMIT \(limit)")
    var places: [LinePlace] = []
    for row in try Row.fetchAll(statement, arguments: arguments) {
      let stream: Int64 = row["stream"]
      let sequence: Int = row["sequence"]
      let block = try hashes(ofStream: stream, sequence: sequence) ?? []
      for index in block.indices where block[index] == hash {
        places.append(LinePlace(stream: stream, sequence: sequence, index: index))
        if places.count == limit { return places }
      }
    }
    return places
  }

  func firstLines(within times: ClosedRange<UInt32>) throws -> [UInt64] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT substr(hashes, 1, 8) FROM block
        WHERE sequence = 0 AND hashes IS NOT NULL AND last_time >= ? AND first_time <= ?
        """)
    return try Data.fetchAll(statement, arguments: [times.lowerBound, times.upperBound]).flatMap(Self.hashes)
  }

  func forEachBlock(
    within times: ClosedRange<UInt32>?, _ body: (Int64, Int, [UInt64]) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT stream, sequence, hashes FROM block
        WHERE hashes IS NOT NULL AND (? OR last_time >= ? AND first_time <= ?) ORDER BY stream, sequence
        """)
    let rows = try Row.fetchCursor(
      statement, arguments: [times == nil, times?.lowerBound ?? 0, times?.upperBound ?? 0])
    while let row = try rows.next() { try body(row["stream"], row["sequence"], Self.hashes(row["hashes"])) }
  }

  func lastBlock(ofStream stream: Int64) throws -> Block? {
    let statement = try db.cachedStatement(
      sql: "SELECT * FROM block WHERE stream = ? ORDER BY sequence DESC LIMIT 1")
    guard let row = try Row.fetchOne(statement, arguments: [stream]), let hashes = row["hashes"] as Data? else {
      return nil
    }
    return Block(
      stream: stream, sequence: row["sequence"], isComplete: row["complete"], hashes: Self.hashes(hashes),
      days: Self.range(row["first_day"], row["last_day"]), times: Self.range(row["first_time"], row["last_time"]),
      books: (row["books"] as String?).flatMap { BlockLineCounts($0, firstDay: row["first_day"], lines: row["lines"]) })
  }

  static func range<Value: Comparable>(_ first: Value?, _ last: Value?) -> ClosedRange<Value>? {
    first.flatMap { first in last.map { first...$0 } }
  }

  private static func hashes(_ data: Data) -> [UInt64] {
    LineHashes.unpacked(DataBlob.bytes(data))
  }

  /// Creates a stream.
  func newStream() throws -> Int64 {
    try db.execute(sql: "INSERT INTO stream DEFAULT VALUES")
    return db.lastInsertedRowID
  }

  /// Stores blocks and the samples among their lines, in the first block from `newFrom` on.
  func store(_ blocks: [Block], newFrom: Int) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO block(
          stream, sequence, complete, lines, id, first_day, last_day, first_time, last_time, hashes, books)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for block in blocks {
      try insert.execute(arguments: [
        block.stream, block.sequence, block.isComplete, block.hashes.count,
        block.isComplete ? DataBlob.data((block.id ?? BlockID(of: block.hashes)).bytes) : nil, block.days?.lowerBound,
        block.days?.upperBound, block.times?.lowerBound, block.times?.upperBound,
        DataBlob.data(LineHashes.packed(block.hashes)), block.books?.text,
      ])
    }
    try storeSamples(blocks, newFrom: newFrom)
  }
}

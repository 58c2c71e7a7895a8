import Foundation
import GRDB
import Ledger

/// The ledger's rows in the database, as the ledger asks for them within one transaction.
struct DatabaseLedger: LedgerStorage {
  let db: Database

  func place(of id: BlockID) throws -> (stream: Int64, sequence: Int)? {
    let statement = try db.cachedStatement(sql: "SELECT stream, sequence FROM block WHERE id = ? LIMIT 1")
    return try Row.fetchOne(statement, arguments: [Data(id.bytes)]).map { ($0["stream"], $0["sequence"]) }
  }

  func hashes(ofStream stream: Int64, sequence: Int) throws -> [UInt64]? {
    let statement = try db.cachedStatement(sql: "SELECT hashes FROM block WHERE stream = ? AND sequence = ?")
    return try Data?.fetchOne(statement, arguments: [stream, sequence]).flatMap { $0 }
      .map { LineHashes.unpacked([UInt8]($0)) }
  }

  func knowsSample(_ hash: UInt64) throws -> Bool {
    let statement = try db.cachedStatement(sql: "SELECT 1 FROM sample WHERE hash = ? LIMIT 1")
    return try Int.fetchOne(statement, arguments: [Int64(bitPattern: hash)]) != nil
  }

  func places(of hash: UInt64, days: ClosedRange<Int32>, limit: Int) throws -> [LinePlace] {
    Ledger.isSampled(hash)
      ? try placesOfSample(hash, limit: limit) : try placesOfAnyLine(hash, days: days, limit: limit)
  }

  private func placesOfSample(_ hash: UInt64, limit: Int) throws -> [LinePlace] {
    let statement = try db.cachedStatement(
      sql: "SELECT stream, sequence FROM sample WHERE hash = ? ORDER BY stream, sequence LIMIT ?")
    var places: [LinePlace] = []
    for row in try Row.fetchAll(statement, arguments: [Int64(bitPattern: hash), limit]) {
      let stream: Int64 = row["stream"]
      let sequence: Int = row["sequence"]
      places += Self.places(hash, try hashes(ofStream: stream, sequence: sequence) ?? [], stream, sequence)
    }
    return Array(places.prefix(limit))
  }

  /// Searches the open blocks of these days; SQLite does it without handing them out.
  private func placesOfAnyLine(_ hash: UInt64, days: ClosedRange<Int32>, limit: Int) throws -> [LinePlace] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT stream, sequence, hashes FROM block
        WHERE hashes IS NOT NULL AND first_day <= ? AND last_day >= ? AND instr(hashes, ?) > 0
        ORDER BY stream, sequence LIMIT ?
        """)
    let wanted = Data(LineHashes.packed([hash]))
    var places: [LinePlace] = []
    for row in try Row.fetchAll(statement, arguments: [days.upperBound, days.lowerBound, wanted, limit]) {
      let hashes = LineHashes.unpacked([UInt8](row["hashes"] as Data))
      places += Self.places(hash, hashes, row["stream"], row["sequence"])
    }
    return Array(places.prefix(limit))
  }

  private static func places(_ hash: UInt64, _ hashes: [UInt64], _ stream: Int64, _ sequence: Int) -> [LinePlace] {
    hashes.indices.filter { hashes[$0] == hash }
      .map { LinePlace(stream: stream, sequence: sequence, index: $0) }
  }

  func lastBlock(ofStream stream: Int64) throws -> Block? {
    let statement = try db.cachedStatement(
      sql: "SELECT * FROM block WHERE stream = ? ORDER BY sequence DESC LIMIT 1")
    guard let row = try Row.fetchOne(statement, arguments: [stream]), let hashes = row["hashes"] as Data? else {
      return nil
    }
    let first = row["first_day"] as Int32?
    let last = row["last_day"] as Int32?
    return Block(
      stream: stream, sequence: row["sequence"], isComplete: row["complete"],
      hashes: LineHashes.unpacked([UInt8](hashes)),
      days: first.flatMap { first in last.map { first...$0 } })
  }

  /// Makes a stream.
  func newStream() throws -> Int64 {
    try db.execute(sql: "INSERT INTO stream DEFAULT VALUES")
    return db.lastInsertedRowID
  }

  /// Keeps blocks, and the samples among their lines from `newFrom` on in the first one.
  func store(_ blocks: [Block], newFrom: Int) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO block(stream, sequence, complete, lines, id, first_day, last_day, hashes)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let sample = try db.cachedStatement(sql: "INSERT OR IGNORE INTO sample VALUES(?, ?, ?)")
    for (number, block) in blocks.enumerated() {
      try insert.execute(arguments: [
        block.stream, block.sequence, block.isComplete, block.hashes.count,
        block.isComplete ? Data(BlockID(of: block.hashes).bytes) : nil, block.days?.lowerBound,
        block.days?.upperBound, Data(LineHashes.packed(block.hashes)),
      ])
      for hash in block.hashes[(number == 0 ? newFrom : 0)...] where Ledger.isSampled(hash) {
        try sample.execute(arguments: [Int64(bitPattern: hash), block.stream, block.sequence])
      }
    }
  }
}

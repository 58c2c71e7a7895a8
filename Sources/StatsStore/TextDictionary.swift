import ByteScanning
import GRDB

/// Finds and makes the ids of texts in the database's dictionary, and remembers those met in this run.
///
/// Ids found within a transaction that is rolled back are void: call ``forget()`` then.
struct TextDictionary {
  private static let limit = 200_000
  private var known = SymbolTable()
  private var ids: [Int64] = []

  /// The id of a text, added to the dictionary where it is new.
  mutating func id(of text: Span<UInt8>, in db: Database) throws -> Int64 {
    if ids.count >= Self.limit { forget() }
    let symbol = Int(known.intern(text, 0..<text.count))
    if symbol < ids.count { return ids[symbol] }
    do {
      let id = try Self.fetchOrInsert(String(decoding: bytes(text), as: UTF8.self), db)
      ids.append(id)
      return id
    } catch {
      forget()
      throw error
    }
  }

  /// The id of a text.
  mutating func id(of text: String, in db: Database) throws -> Int64 {
    let bytes = Array(text.utf8)
    return try id(of: bytes.span, in: db)
  }

  /// Forgets all ids.
  mutating func forget() {
    known.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
  }

  private func bytes(_ text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    return bytes
  }

  private static func fetchOrInsert(_ text: String, _ db: Database) throws -> Int64 {
    let find = try db.cachedStatement(sql: "SELECT id FROM dict WHERE text = ?")
    if let id = try Int64.fetchOne(find, arguments: [text]) { return id }
    let insert = try db.cachedStatement(sql: "INSERT INTO dict(text) VALUES(?)")
    try insert.execute(arguments: [text])
    return db.lastInsertedRowID
  }
}

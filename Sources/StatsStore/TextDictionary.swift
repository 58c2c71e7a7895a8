import ByteScanning
import GRDB

/// Finds and makes the ids of texts in the database's dictionary, and remembers those met in this run.
///
/// Ids found within a transaction that is rolled back are void: call ``forget()`` then.
struct TextDictionary {
  private let limit: Int
  private var known = SymbolTable()
  private var ids: [Int64] = []
  /// Whether the text looked up last was new in the database, so that the next one may well be, too.
  private var expectsNew = false

  /// - Parameter limit: how many texts are remembered at most.
  init(limit: Int = 200_000) {
    self.limit = limit
  }

  /// The id of a text, added to the dictionary where it is new.
  mutating func id(of text: Span<UInt8>, in stored: StoredTexts) throws -> Int64 {
    if ids.count >= limit { forget() }
    let symbol = Int(known.intern(text, 0..<text.count))
    if symbol < ids.count { return ids[symbol] }
    do {
      let (id, isNew) = try stored.findOrInsert(text, expectsNew: expectsNew)
      expectsNew = isNew
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
    return try id(of: bytes.span, in: StoredTexts(db))
  }

  /// Forgets all ids.
  mutating func forget() {
    known.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
  }
}

/// The rows of the database's dictionary.
struct StoredTexts {
  private let find: RowStatement
  private let insert: RowStatement
  private let read: RowStatement

  init(_ db: Database) throws {
    find = try RowStatement("SELECT id FROM dict WHERE text = ?", db)
    insert = try RowStatement("INSERT INTO dict(text) VALUES(?) ON CONFLICT DO NOTHING", db)
    read = try RowStatement("SELECT text FROM dict WHERE id = ?", db)
  }

  /// The id of a text, made where there is none; what is no UTF-8 is replaced by U+FFFD.
  ///
  /// - Parameter expectsNew: whether to try first to make it, which spares the search for it.
  fileprivate func findOrInsert(_ text: Span<UInt8>, expectsNew: Bool) throws -> (id: Int64, isNew: Bool) {
    guard (try? UTF8Span(validating: text)) == nil else { return try findOrInsert(utf8: text, expectsNew) }
    var bytes: [UInt8] = []
    ByteCopy.append(text, 0..<text.count, to: &bytes)
    let mended = Array(String(decoding: bytes, as: UTF8.self).utf8)
    return try findOrInsert(utf8: mended.span, expectsNew)
  }

  private func findOrInsert(utf8 text: Span<UInt8>, _ expectsNew: Bool) throws -> (id: Int64, isNew: Bool) {
    if !expectsNew, let id = try find.number(of: text) { return (id, false) }
    if let id = try insert.insert(text) { return (id, true) }
    guard let id = try find.number(of: text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return (id, false)
  }

  /// Lends the text of an id; false, with nothing lent, where there is none.
  func withText(of id: UInt32, _ body: (Span<UInt8>) throws -> Void) throws -> Bool {
    try read.withText(of: Int64(id), body)
  }
}

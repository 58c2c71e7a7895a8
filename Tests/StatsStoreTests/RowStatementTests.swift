import GRDB
import Testing

@testable import StatsStore

@Suite struct RowStatementTests {
  private func withTable(_ body: (Database) throws -> Void) throws {
    try DatabaseQueue().write { db in
      try db.execute(sql: "CREATE TABLE row(one INTEGER PRIMARY KEY, two INTEGER CHECK(two < 100)) STRICT")
      try db.execute(sql: "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")
      try body(db)
    }
  }

  @Test func numbersAreStoredAsTheyAre() throws {
    try withTable { db in
      let insert = try RowStatement("INSERT INTO row VALUES(?, ?)", db)
      try insert.execute(([1, -5] as [Int64]).span)
      try insert.execute(([Int64.max, 0] as [Int64]).span)
      try insert.execute(([Int64.min, 99] as [Int64]).span)
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM row ORDER BY one").map { [$0[0] as Int64, $0[1]] }
      #expect(rows == [[.min, 99], [1, -5], [.max, 0]])
    }
  }

  @Test func rowsAreFoundByNumbers() throws {
    try withTable { db in
      try RowStatement("INSERT INTO row VALUES(?, ?)", db).execute(([7, 8] as [Int64]).span)
      let query = try RowStatement("SELECT 1 FROM row WHERE one = ? AND two = ?", db)
      for (one, two) in [(7, 8), (7, 7), (8, 8), (7, 8)] as [(Int64, Int64)] {
        #expect(try query.hasRow([one, two].span) == (one == 7 && two == 8))
      }
      #expect(throws: DatabaseError.self) { try query.hasRow(([7] as [Int64]).span) }
      #expect(try query.hasRow(([7, 8] as [Int64]).span))
    }
  }

  /// A failed run reports the reason, and the next one is not affected.
  @Test func failuresAreErrorsOfTheDatabase() throws {
    try withTable { db in
      let insert = try RowStatement("INSERT INTO row VALUES(?, ?)", db)
      let error = #expect(throws: DatabaseError.self) { try insert.execute(([1, 100] as [Int64]).span) }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      #expect(error?.message?.contains("CHECK") == true)
      #expect(throws: DatabaseError.self) { try insert.execute(([1] as [Int64]).span) }
      #expect(throws: DatabaseError.self) { try insert.execute(([1, 2, 3] as [Int64]).span) }
      try insert.execute(([1, 2] as [Int64]).span)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM row") == 1)
    }
  }

  @Test(arguments: ["", "a", "/caf\u{E9}/\u{1F600}", String(repeating: "long ", count: 20_000)])
  func textsAreFoundAgain(_ text: String) throws {
    try withTable { db in
      let insert = try RowStatement("INSERT INTO word(text) VALUES(?) ON CONFLICT DO NOTHING", db)
      let find = try RowStatement("SELECT id FROM word WHERE text = ?", db)
      let read = try RowStatement("SELECT text FROM word WHERE id = ?", db)
      let bytes = Array(text.utf8)
      #expect(try find.number(of: bytes.span, bytes.indices) == nil)
      let id = try #require(try insert.insert(bytes.span, [bytes.indices]))
      #expect(try insert.insert(bytes.span, [bytes.indices]) == nil)
      #expect(try find.number(of: bytes.span, bytes.indices) == id)
      var found: [UInt8] = []
      let isThere = try read.withText(of: id) { text in
        for index in text.indices { found.append(text[index]) }
      }
      #expect(isThere)
      #expect(found == bytes)
      #expect(try !read.withText(of: id + 1) { _ in found = [] })
      #expect(try String.fetchOne(db, sql: "SELECT text FROM word") == text)
    }
  }
}

@Suite struct StoredTextsTests {
  /// Batches of new texts only, of new texts but for one, or with two texts that are equal after repair.
  @Test func idsAreGivenInTheOrderOfTexts() throws {
    let test = try TestStore()
    try test.store.write { db in
      let stored = try StoredTexts(db)
      func ids(_ texts: [[UInt8]]) throws -> [Int64] {
        var batch = TextBatch()
        for (symbol, text) in texts.enumerated() { batch.append(text.span, UInt32(symbol)) }
        return try stored.ids(inserting: batch)
      }
      func texts(_ numbers: Range<Int>) -> [[UInt8]] { numbers.map { Array("/\($0)/\u{E9}".utf8) } }
      #expect(try ids([]) == [])
      #expect(try ids(texts(0..<32)) == Array(1...32))
      #expect(try ids(texts(31..<63)) == Array(32...63))
      #expect(try ids(texts(62..<70)) == Array(63...70))
      let mended: [[UInt8]] = [[0x61, 0xFF], [], [0x61, 0xFE]] + texts(100..<129)
      #expect(try ids(mended) == [71, 72, 71] + Array(73...101))
      #expect(
        try String.fetchAll(db, sql: "SELECT text FROM dict WHERE id IN (71, 72) ORDER BY id") == ["a\u{FFFD}", ""])
    }
  }

  /// Texts come from memory, or from the database if they are not in memory or were repaired.
  @Test func textsOfIDsAreThoseStored() throws {
    let test = try TestStore()
    try test.store.write { db in
      let stored = try StoredTexts(db)
      var dictionary = TextDictionary(limit: 2)
      var ids: [Int64] = []
      for text: [UInt8] in [[0x61, 0xFF], Array("caf\u{E9}".utf8), [], [0x62]] {
        ids.append(try dictionary.id(of: text.span, in: stored))
      }
      for (id, text) in zip(ids, ["a\u{FFFD}", "caf\u{E9}", "", "b"]) {
        var found: String?
        #expect(
          try dictionary.withText(of: UInt32(id), in: stored) { text in
            found = String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
          })
        #expect(found == text)
      }
      #expect(try !dictionary.withText(of: 99, in: stored) { _ in })
    }
  }
}

@Suite struct RowInsertTests {
  /// Fewer and more rows than fit into one statement.
  @Test(arguments: [0, 1, 31, 32, 33, 64, 100]) func allRowsAreInserted(_ count: Int64) throws {
    try DatabaseQueue().write { db in
      try db.execute(sql: "CREATE TABLE row(one INTEGER PRIMARY KEY, two INTEGER CHECK(two < 1000)) STRICT")
      var insert = try RowInsert(into: "row", columns: 2, db)
      for number in 0..<count {
        try number % 2 == 0 ? insert.add([number, -number]) : insert.add(([number, -number] as [Int64]).span)
      }
      try insert.finish()
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM row ORDER BY one").map { [$0[0] as Int64, $0[1]] }
      #expect(rows == (0..<count).map { [$0, -$0] })
    }
  }

  @Test(arguments: [1, 40]) func aRowThatCannotBeIsAnError(_ count: Int64) throws {
    try DatabaseQueue().write { db in
      try db.execute(sql: "CREATE TABLE row(one INTEGER PRIMARY KEY, two INTEGER CHECK(two < 30)) STRICT")
      #expect(throws: DatabaseError.self) {
        var insert = try RowInsert(into: "row", columns: 2, db)
        for number in 0..<count { try insert.add([number, number + 30]) }
        try insert.finish()
      }
    }
  }
}

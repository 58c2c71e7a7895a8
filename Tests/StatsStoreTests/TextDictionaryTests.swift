import GRDB
import Ledger
import TestSupport
import Testing

@testable import StatsStore

@Suite struct TextDictionaryTests {
  private struct Interrupted: Error {}

  @Test func aTextHasOneIDForEver() throws {
    let test = try TestStore()
    var dictionary = TextDictionary()
    let ids = try test.store.write { db in
      try ["a", "b", "a", ""].map { try dictionary.id(of: $0, in: StoredTexts(db)) }
    }
    #expect(ids[0] == ids[2])
    #expect(Set(ids).count == 3)
    var other = TextDictionary()
    let again = try test.store.write { db in try ["", "b", "a"].map { try other.id(of: $0, in: StoredTexts(db)) } }
    #expect(again == [ids[3], ids[1], ids[0]])
  }

  /// Texts that Swift considers equal, but whose bytes differ, are two texts.
  @Test func composedAndDecomposedLettersAreApart() throws {
    let test = try TestStore()
    var dictionary = TextDictionary()
    let ids = try test.store.write { db in
      try ["\u{E9}", "e\u{301}"].map { try dictionary.id(of: $0, in: StoredTexts(db)) }
    }
    #expect(ids[0] != ids[1])
  }

  @Test func bytesThatAreNoTextAreRepaired() throws {
    let test = try TestStore()
    var dictionary = TextDictionary()
    let bytes: [UInt8] = [0x61, 0xFF]
    let id = try test.store.write { db in try dictionary.id(of: bytes.span, in: StoredTexts(db)) }
    #expect(
      try test.store.read { try String.fetchOne($0, sql: "SELECT text FROM dict WHERE id = ?", arguments: [id]) }
        == "a\u{FFFD}")
  }

  /// New and known texts in turn, of which the memory holds a few. After a new text, the next one is expected to be
  /// new as well.
  @Test func idsHoldHoweverManyTextsThereAre() throws {
    let test = try TestStore()
    let texts = (0..<50).map { "/page/\($0 * 7 % 50)" } + ["", "é", "/page", "/page/1/", "\u{1F600}"]
    let first = try test.store.write { db in
      var dictionary = TextDictionary(limit: 3)
      return try texts.map { try dictionary.id(of: $0, in: StoredTexts(db)) }
    }
    #expect(first == (1...Int64(texts.count)).map { $0 })
    var generator = SeededGenerator(seed: 22)
    for limit in [1, 3, 1_000] {
      var dictionary = TextDictionary(limit: limit)
      var expected: [String: Int64] = Dictionary(uniqueKeysWithValues: zip(texts, first))
      for round in 0..<300 {
        let isNew = Bool.random(using: &generator)
        let text = isNew ? "new \(limit) \(round)" : texts.randomElement(using: &generator) ?? ""
        let id = try test.store.write { db in try dictionary.id(of: text, in: StoredTexts(db)) }
        if let known = expected[text] { #expect(id == known) }
        expected[text] = id
      }
      #expect(Set(expected.values).count == expected.count)
    }
  }

  /// A failed commit leaves no id that the database does not have.
  @Test func whatIsRolledBackIsForgotten() throws {
    let test = try TestStore()
    let id = try test.store.beginImport(version: "test", site: nil, now: 0)
    // A missing stream: the transaction fails after texts have got ids.
    var lost = ImportPart([TextHit(page: "/lost")], site: test.site, import: id)
    lost.newLines = Ledger.Window(hashes: [1], times: [1])
    lost.newDays = [20_766]
    lost.newSites = [1]
    lost.stream = 99
    #expect(throws: StoreError.self) { try test.store.commit(lost) }
    _ = try test.store.commit(
      ImportPart([TextHit(page: "/other"), TextHit(page: "/lost")], site: test.site, import: id))
    try test.store.rebuildDirtyDays()
    let dump = try test.dump()
    #expect(dump.contains("\tpage\t/lost\t1\t"))
    #expect(dump.contains("\tpage\t/other\t1\t"))
  }
}

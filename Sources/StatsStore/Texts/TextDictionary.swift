import ByteScanning
import GRDB

/// Finds or creates the ids of texts in the database's dictionary, and caches those used so far.
///
/// Ids found within a transaction that is rolled back are void: call ``forget()`` then.
struct TextDictionary: Sendable {
  private let limit: Int
  private var known = SymbolTable()
  /// The ids by symbol; 0 for those not found yet.
  private var ids: [Int64] = []
  /// The symbols whose ids must still be found, in the order in which they came.
  private var waiting: [UInt32] = []
  /// The symbol of each id, by the place of the id.
  private var symbols: [UInt32] = []
  private var places = DenseIDs()
  /// Whether most of the texts looked up last were new to the database, in which case the next ones may be, too.
  private var expectsNew = false

  /// - Parameter limit: the number of cached texts at which all are discarded before the next ones are added.
  init(limit: Int = 200_000) {
    self.limit = limit
  }

  /// Returns the id of a text, and adds it to the dictionary if it is new.
  mutating func id(of text: Span<UInt8>, in stored: StoredTexts) throws -> Int64 {
    makeRoom()
    let symbol = try note(text, in: stored)
    try findNoted(in: stored)
    return id(ofSymbol: symbol)
  }

  /// Returns the id of a text.
  mutating func id(of text: String, in stored: StoredTexts) throws -> Int64 {
    let bytes = Array(text.utf8)
    return try id(of: bytes.span, in: stored)
  }

  /// Calls `body` with the text of an id; returns false, without calling it, if there is none.
  func withText(of id: UInt32, in stored: StoredTexts, _ body: (Span<UInt8>) throws -> Void) throws -> Bool {
    guard let place = places.place(of: id) else { return try stored.withText(of: id, body) }
    try known.withBytes(of: symbols[place], body)
    return true
  }

  /// Forgets all ids.
  mutating func forget() {
    known.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
    places = DenseIDs()
  }
}

// Many texts at once: those that are new are inserted together.
extension TextDictionary {
  /// Forgets all ids if there are many, before texts are noted.
  mutating func makeRoom() {
    if ids.count >= limit { forget() }
  }

  /// Notes a text and returns a symbol, by which its id is available after ``findNoted(in:)``. New texts get their
  /// ids in the order in which they are noted.
  mutating func note(_ text: Span<UInt8>, in stored: StoredTexts) throws -> UInt32 {
    let symbol = known.intern(text, 0..<text.count)
    if symbol == ids.count {
      ids.append(0)
      waiting.append(symbol)
      if waiting.count == StoredTexts.textsAtOnce { try findNoted(in: stored) }
    }
    return symbol
  }

  /// Returns the id of a text that was noted.
  func id(ofSymbol symbol: UInt32) -> Int64 { ids[Int(symbol)] }

  /// Finds or creates the ids of all texts noted.
  mutating func findNoted(in stored: StoredTexts) throws {
    guard !waiting.isEmpty else { return }
    do {
      var new = TextBatch()
      for symbol in waiting {
        known.withBytes(of: symbol) { new.append($0, symbol) }
        guard !expectsNew, let id = try stored.id(ofLastIn: new) else { continue }
        keep(id, of: new.removeLast())
      }
      expectsNew = new.texts.count * 2 > waiting.count
      for (text, id) in zip(new.texts, try stored.ids(inserting: new)) { keep(id, of: text) }
      waiting.removeAll(keepingCapacity: true)
    } catch {
      forget()
      throw error
    }
  }

  private mutating func keep(_ id: Int64, of text: TextBatch.Text) {
    ids[Int(text.symbol)] = id
    guard !text.isMended, places.insert(UInt32(id)) == symbols.count else { return }
    symbols.append(text.symbol)
  }
}

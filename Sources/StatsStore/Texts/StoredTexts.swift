import ByteScanning
import GRDB

/// Several texts in one buffer; invalid UTF-8 is replaced with U+FFFD.
struct TextBatch {
  struct Text {
    var symbol: UInt32
    var range: Range<Int>
    /// Whether something was replaced.
    var isMended: Bool
  }

  private(set) var bytes: [UInt8] = []
  private(set) var texts: [Text] = []

  /// Adds a text with its symbol.
  mutating func append(_ text: Span<UInt8>, _ symbol: UInt32) {
    let start = bytes.count
    ByteCopy.append(text, 0..<text.count, to: &bytes)
    let isText = (try? UTF8Span(validating: text)) != nil
    if !isText {
      let mended = String(decoding: bytes[start...], as: UTF8.self)
      bytes.removeSubrange(start...)
      bytes += Array(mended.utf8)
    }
    texts.append(Text(symbol: symbol, range: start..<bytes.count, isMended: !isText))
  }

  /// Removes and returns the last text.
  mutating func removeLast() -> Text {
    let text = texts.removeLast()
    bytes.removeSubrange(text.range)
    return text
  }
}

/// The rows of the database's dictionary.
final class StoredTexts {
  /// The number of texts inserted by one statement, which takes half as long as one statement for each.
  static let textsAtOnce = 32

  private let find: RowStatement
  private let read: RowStatement
  private let insertOne: RowStatement
  /// Prepared once there are enough texts for it.
  private var insertMany: RowStatement?
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    find = try RowStatement("SELECT id FROM dict WHERE text = ?", db)
    read = try RowStatement("SELECT text FROM dict WHERE id = ?", db)
    insertOne = try RowStatement(Self.insert(rows: 1), db)
  }

  private static func insert(rows: Int) -> String {
    let rows = [String](repeating: "(?)", count: rows).joined(separator: ", ")
    return "INSERT INTO dict(text) VALUES\(rows) ON CONFLICT DO NOTHING"
  }

  /// Calls `body` with the text of an id; returns false, without calling it, if there is none.
  func withText(of id: UInt32, _ body: (Span<UInt8>) throws -> Void) throws -> Bool {
    try read.withText(of: Int64(id), body)
  }

  /// Returns the id of the last text of a batch; nil if it has none.
  func id(ofLastIn batch: TextBatch) throws -> Int64? {
    guard let last = batch.texts.last else { return nil }
    return try id(of: last, in: batch)
  }

  /// Returns the ids of texts that are probably new. New ones are inserted in their order.
  func ids(inserting batch: TextBatch) throws -> [Int64] {
    let count = batch.texts.count
    if count == Self.textsAtOnce {
      let insert = try insertMany ?? RowStatement(Self.insert(rows: count), db)
      insertMany = insert
      if let last = try insert.insert(batch.bytes.span, batch.texts.map(\.range)) {
        // The ids of the rows are consecutive.
        return (0..<Int64(count)).map { last - Int64(count) + 1 + $0 }
      }
    }
    return try batch.texts.map { text in
      if let id = try insertOne.insert(batch.bytes.span, [text.range]) { return id }
      guard let id = try id(of: text, in: batch) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
      return id
    }
  }

  private func id(of text: TextBatch.Text, in batch: TextBatch) throws -> Int64? {
    try find.number(of: batch.bytes.span, text.range)
  }
}

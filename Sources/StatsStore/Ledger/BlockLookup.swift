import GRDB
import Ledger

/// Looks up whole blocks of the ledger by a connection of its own, so that who reads files need not wait for who commits.
public final class BlockLookup: Sendable {
  private let queue: DatabaseQueue

  fileprivate init(_ queue: DatabaseQueue) {
    self.queue = queue
  }

  /// The block of an id, if all is known of it that the books need. Where the database cannot be read nothing is found: that
  /// only saves work, and who commits is told.
  public func block(_ id: BlockID) -> KnownBlock? {
    try? queue.unsafeRead { db in
      let statement = try db.cachedStatement(
        sql: "SELECT stream, sequence, books, first_day, lines FROM block WHERE id = ? AND books IS NOT NULL LIMIT 1")
      guard let row = try Row.fetchOne(statement, arguments: [DataBlob.data(id.bytes)]),
        let books = BlockLineCounts(row["books"], firstDay: row["first_day"], lines: row["lines"])
      else { return nil }
      return KnownBlock(stream: row["stream"], sequence: row["sequence"], books: books)
    }
  }
}

extension StatsStore {
  /// Opens the database once more to look up blocks.
  ///
  /// - Throws: ``StoreError``.
  public func blockLookup() throws -> BlockLookup {
    BlockLookup(try Self.reader(path: path))
  }
}

extension BlockLineCounts {
  /// The books as they lie in the database: `site day lines` for each site and day. Most blocks are of one site and day,
  /// which their row tells but for the site; of them it is the site alone.
  var text: String {
    if entries.count == 1 { return String(entries[0].site) }
    return entries.map { "\($0.site) \($0.day) \($0.lines)" }.joined(separator: "\n")
  }

  /// Reads ``text``; nil where it is none.
  ///
  /// - Parameters:
  ///   - firstDay: the first day of the block's lines.
  ///   - lines: how many they are.
  init?(_ text: String, firstDay: Int32?, lines: Int) {
    self.init()
    if let site = UInt32(text), let firstDay {
      add(site: site, day: firstDay, lines: lines)
      return
    }
    for row in text.split(separator: "\n") {
      let words = row.split(separator: " ")
      guard words.count == 3, let site = UInt32(words[0]), let day = Int32(words[1]), let lines = Int(words[2]),
        lines > 0
      else { return nil }
      add(site: site, day: day, lines: lines)
    }
  }
}

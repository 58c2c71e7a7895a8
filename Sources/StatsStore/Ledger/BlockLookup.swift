import GRDB
import Ledger

/// Looks up whole blocks of the ledger on its own connection, so that reading files need not wait for commits.
public final class BlockLookup: Sendable {
  private let queue: DatabaseQueue

  fileprivate init(_ queue: DatabaseQueue) {
    self.queue = queue
  }

  /// Returns the block with an id, if everything that the books need is known of it. If the database cannot be
  /// read, nothing is found: the lookup only saves work, and the commit reports the error.
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
  /// Opens another connection for looking up blocks.
  ///
  /// - Throws: ``StoreError``.
  public func blockLookup() throws -> BlockLookup {
    BlockLookup(try Self.reader(path: path))
  }
}

extension BlockLineCounts {
  /// The counts as stored in the database: `site day lines` for each site and day. Most blocks have one site and
  /// one day. For these it is only the site, because the block's row contains the rest.
  var text: String {
    if entries.count == 1 { return String(entries[0].site) }
    return entries.map { "\($0.site) \($0.day) \($0.lines)" }.joined(separator: "\n")
  }

  /// Parses ``text``; nil if it is malformed.
  ///
  /// - Parameters:
  ///   - firstDay: the first day of the block's lines.
  ///   - lines: the number of lines.
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

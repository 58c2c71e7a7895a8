import Foundation
import GRDB
import HeapModule
import Hits

/// Iterates over all runs of a day, visitor by visitor. Holds one piece of each run in memory, whatever the size of
/// the day.
struct RunMerge {
  /// Everything that the runs contain about one visitor.
  struct VisitorHits {
    var visitor: UInt64 = 0
    /// The client's id in the dictionary; the smallest one if rules changed between imports.
    var client: UInt32 = 0
    /// The place's id in the dictionary; the smallest one if the geo file changed between imports.
    var place: UInt32 = 0
    /// The hits, in no particular order.
    var hits: [TimedHit] = []
    /// The visitor's signals.
    var signals = Signals()
  }

  private struct Cursor {
    let run: Int64
    var piece: Int64
    var reader: RunPieceReader
  }

  private struct Entry: Comparable {
    let visitor: UInt64
    let cursor: Int

    static func < (left: Entry, right: Entry) -> Bool {
      (left.visitor, left.cursor) < (right.visitor, right.cursor)
    }
  }

  private let load: Statement
  private let site: Int64
  private let day: Int32
  private var cursors: [Cursor] = []
  private var heap = Heap<Entry>()

  /// Creates a merge of all runs of a day.
  init(site: UInt32, day: Int32, _ db: Database) throws {
    let runs = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT run FROM run WHERE site = ? AND day = ? AND piece = 0 ORDER BY run"),
      arguments: [Int64(site), day])
    try self.init(site: site, day: day, runs: runs, db)
  }

  /// Creates a merge of some runs of a day.
  init(site: UInt32, day: Int32, runs: [Int64], _ db: Database) throws {
    self.site = Int64(site)
    self.day = day
    load = try db.cachedStatement(
      sql: "SELECT data FROM run WHERE site = ? AND day = ? AND run = ? AND piece = ?")
    for run in runs {
      cursors.append(Cursor(run: run, piece: -1, reader: RunPieceReader([])))
      try advance(cursors.count - 1)
    }
  }

  /// Fills in the next visitor's hits and signals; returns false after the last visitor.
  mutating func next(_ visitor: inout VisitorHits) throws -> Bool {
    visitor.hits.removeAll(keepingCapacity: true)
    visitor.signals = Signals()
    guard let first = heap.min else { return false }
    visitor.visitor = first.visitor
    visitor.client = .max
    visitor.place = .max
    while let entry = heap.min, entry.visitor == first.visitor {
      heap.removeMin()
      if let of = try cursors[entry.cursor].reader.group(into: &visitor.hits, &visitor.signals) {
        visitor.client = min(visitor.client, of.client)
        visitor.place = min(visitor.place, of.place)
      }
      try advance(entry.cursor)
    }
    return true
  }

  /// Reads the visitor of the cursor's next group into the heap, and loads the next piece if this one is finished.
  private mutating func advance(_ index: Int) throws {
    if cursors[index].reader.isAtEnd {
      cursors[index].piece += 1
      let cursor = cursors[index]
      guard let data = try Data.fetchOne(load, arguments: [site, day, cursor.run, cursor.piece]) else { return }
      cursors[index].reader = RunPieceReader(DataBlob.bytes(data))
    }
    heap.insert(Entry(visitor: try cursors[index].reader.visitor(), cursor: index))
  }
}

import ByteScanning
import GRDB
import Hits

/// Some hits and notes of a batch.
public struct HitSlice: Sendable {
  /// The batch with its texts.
  public var batch: HitBatch
  /// The indices of the hits to store.
  public var indices: [Int]
  /// The notes to store.
  public var notes: [SignalNote]

  /// Some hits and notes of a batch.
  public init(batch: HitBatch, indices: [Int], notes: [SignalNote] = []) {
    self.batch = batch
    self.indices = indices
    self.notes = notes
  }
}

/// Appends hits and signals to the runs of their days: sorted by visitor and time, packed, their texts in the dictionary.
struct RunWriter {
  private struct DayKey: Hashable {
    var site: UInt32
    var day: Int32
  }

  private struct DayLines {
    var hits: [RunCodec.StoredHit] = []
    var signals: [UInt64: Signals] = [:]
  }

  private var days: [DayKey: DayLines] = [:]

  /// Puts the ids of the dictionary in the place of the symbols of a batch.
  mutating func add(_ slice: HitSlice, _ dictionary: inout TextDictionary, _ db: Database) throws {
    var ids = BatchIDs()
    for index in slice.indices {
      let hit = slice.batch.hits[index]
      let stored = RunCodec.StoredHit(
        visitor: hit.visitor.rawValue,
        client: try ids.clients.id(of: hit.client, in: slice.batch.clients, &dictionary, db),
        place: try ids.places.id(of: hit.place, in: slice.batch.places, &dictionary, db),
        hit: TimedHit(
          second: hit.second, kind: hit.kind,
          page: try ids.pages.id(of: hit.page, in: slice.batch.pages, &dictionary, db),
          acquisition: try ids.acquisitions.id(
            of: hit.acquisition, in: slice.batch.acquisitions, &dictionary, db),
          event: hit.kind.isEvent
            ? try ids.events.id(of: hit.event, in: slice.batch.events, &dictionary, db) : 0))
      days[DayKey(site: hit.site, day: hit.day), default: DayLines()].hits.append(stored)
    }
    addSignals(slice)
  }

  /// Adds up the notes of a batch, visitor by visitor.
  private mutating func addSignals(_ slice: HitSlice) {
    var sums = [Signals](repeating: Signals(), count: slice.batch.noted.count)
    for note in slice.notes { sums[Int(note.visitor)].add(note.signal) }
    for (noted, sum) in zip(slice.batch.noted, sums) where !sum.isEmpty {
      let key = DayKey(site: noted.site, day: noted.day)
      days[key, default: DayLines()].signals[noted.visitor.rawValue, default: Signals()] += sum
    }
  }

  /// Adds what other runs hold of a visitor of a day.
  mutating func add(_ visitor: RunMerge.VisitorHits, site: UInt32, day: Int32) {
    let key = DayKey(site: site, day: day)
    days[key, default: DayLines()].hits += visitor.hits.map {
      RunCodec.StoredHit(visitor: visitor.visitor, client: visitor.client, place: visitor.place, hit: $0)
    }
    if !visitor.signals.isEmpty { days[key, default: DayLines()].signals[visitor.visitor] = visitor.signals }
  }

  /// Writes one run for each day met.
  mutating func write(import id: Int64, _ db: Database) throws {
    let next = try db.cachedStatement(
      sql: "SELECT coalesce(max(run), 0) + 1 FROM run WHERE site = ? AND day = ?")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO run(site, day, run, piece, import, hits, data) VALUES(?, ?, ?, ?, ?, ?, ?)")
    for key in days.keys.sorted(by: { ($0.site, $0.day) < ($1.site, $1.day) }) {
      guard var lines = days[key] else { continue }
      lines.hits.sort(by: Self.isBefore)
      let signals = lines.signals.sorted { $0.key < $1.key }.map { (visitor: $0.key, signals: $0.value) }
      let run = try Int64.fetchOne(next, arguments: [Int64(key.site), key.day]) ?? 1
      for (number, piece) in RunCodec.pack(lines.hits, signals).enumerated() {
        try insert.execute(arguments: [
          Int64(key.site), key.day, run, number, id, piece.hits, DataBlob.data(piece.data),
        ])
      }
    }
    days.removeAll(keepingCapacity: true)
  }

  private static func isBefore(_ left: RunCodec.StoredHit, _ right: RunCodec.StoredHit) -> Bool {
    if left.visitor != right.visitor { return left.visitor < right.visitor }
    if left.client != right.client { return left.client < right.client }
    if left.place != right.place { return left.place < right.place }
    return left.hit < right.hit
  }
}

/// The ids of a batch's symbols, looked up once each.
private struct BatchIDs {
  struct Table {
    private var ids: [UInt32] = []

    mutating func id(
      of symbol: UInt32, in table: borrowing SymbolTable, _ dictionary: inout TextDictionary, _ db: Database
    ) throws -> UInt32 {
      let index = Int(symbol)
      if index >= ids.count {
        ids.append(contentsOf: repeatElement(0, count: table.count - ids.count))
      }
      if ids[index] == 0 {
        ids[index] = UInt32(try table.withBytes(of: symbol) { try dictionary.id(of: $0, in: db) })
      }
      return ids[index]
    }
  }

  var pages = Table()
  var clients = Table()
  var places = Table()
  var acquisitions = Table()
  var events = Table()
}

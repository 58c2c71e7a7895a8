import ByteScanning
import GRDB
import Hits

/// Some hits and signals of a batch.
public struct HitSlice: Sendable {
  /// The batch with its texts.
  public var batch: HitBatch
  /// The indices of the hits to store.
  public var indices: [Int]
  /// The signals to store.
  public var notes: [SignalNote]

  /// Creates a slice of a batch.
  public init(batch: HitBatch, indices: [Int], notes: [SignalNote] = []) {
    self.batch = batch
    self.indices = indices
    self.notes = notes
  }
}

/// Appends hits and signals to the runs of their days: sorted by visitor and time, packed, with their texts in the
/// dictionary.
struct RunWriter {
  private struct DayKey: Hashable {
    var site: UInt32
    var day: Int32
  }

  private struct DayLines {
    var hits: [RunCodec.StoredHit] = []
    /// A visitor may occur more than once.
    var signals: [RunCodec.StoredSignals] = []
  }

  /// The days, by the indices in ``places``.
  private var days: [DayLines] = []
  private var places: [DayKey: Int] = [:]
  /// The day of the previous line, which is usually also that of the next one.
  private var last: (key: DayKey, place: Int)?

  /// Adds the hits and signals of a slice, with ids of the dictionary instead of the batch's symbols.
  mutating func add(_ slice: HitSlice, _ dictionary: inout TextDictionary, _ stored: StoredTexts) throws {
    let (batch, symbols) = (slice.batch, try BatchSymbols(slice, &dictionary, stored))
    func id(_ symbol: UInt32, _ table: NotedSymbols) -> UInt32 {
      UInt32(dictionary.id(ofSymbol: table[symbol]))
    }
    for index in slice.indices {
      let hit = batch.hits[index]
      let place = place(of: DayKey(site: hit.site, day: hit.day))
      days[place].hits.append(
        RunCodec.StoredHit(
          visitor: hit.visitor.rawValue, client: id(hit.client, symbols.clients),
          place: id(hit.place, symbols.places),
          hit: TimedHit(
            second: hit.second, kind: hit.kind, page: id(hit.page, symbols.pages),
            acquisition: id(hit.acquisition, symbols.acquisitions),
            event: hit.kind.isEvent ? id(hit.event, symbols.events) : 0, traits: hit.traits)))
    }
    addSignals(slice)
  }

  /// Sums up the signals of a batch by visitor.
  private mutating func addSignals(_ slice: HitSlice) {
    var sums = [Signals](repeating: Signals(), count: slice.batch.noted.count)
    for note in slice.notes { sums[Int(note.visitor)].add(note.signal) }
    for (noted, sum) in zip(slice.batch.noted, sums) where !sum.isEmpty {
      let place = place(of: DayKey(site: noted.site, day: noted.day))
      days[place].signals.append(RunCodec.StoredSignals(visitor: noted.visitor.rawValue, signals: sum))
    }
  }

  /// Adds what other runs contain about a visitor on a day.
  mutating func add(_ visitor: RunMerge.VisitorHits, site: UInt32, day: Int32) {
    let place = place(of: DayKey(site: site, day: day))
    days[place].hits += visitor.hits.map {
      RunCodec.StoredHit(visitor: visitor.visitor, client: visitor.client, place: visitor.place, hit: $0)
    }
    guard !visitor.signals.isEmpty else { return }
    days[place].signals.append(RunCodec.StoredSignals(visitor: visitor.visitor, signals: visitor.signals))
  }

  private mutating func place(of key: DayKey) -> Int {
    if let last, last.key == key { return last.place }
    let place = places[key] ?? days.count
    if place == days.count {
      days.append(DayLines())
      places[key] = place
    }
    last = (key, place)
    return place
  }

  /// Writes one run for each day.
  mutating func write(import id: Int64, _ db: Database) throws {
    let next = try db.cachedStatement(
      sql: "SELECT coalesce(max(run), 0) + 1 FROM run WHERE site = ? AND day = ?")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO run(site, day, run, piece, import, hits, data) VALUES(?, ?, ?, ?, ?, ?, ?)")
    for (key, place) in places.sorted(by: { ($0.key.site, $0.key.day) < ($1.key.site, $1.key.day) }) {
      let hits = RunOrder.sorted(days[place].hits)
      let signals = RunCodec.StoredSignals.sums(days[place].signals)
      let run = try Int64.fetchOne(next, arguments: [Int64(key.site), key.day]) ?? 1
      for (number, piece) in RunCodec.pack(hits, signals).enumerated() {
        try insert.execute(arguments: [
          Int64(key.site), key.day, run, number, id, piece.hits, DataBlob.data(piece.data),
        ])
      }
    }
    self = RunWriter()
  }
}

extension RunCodec.StoredHit: VisitorRecord {
  static func isBefore(_ left: Self, _ right: Self) -> Bool {
    if left.visitor != right.visitor { return left.visitor < right.visitor }
    if left.client != right.client { return left.client < right.client }
    if left.place != right.place { return left.place < right.place }
    return left.hit < right.hit
  }
}

extension RunCodec.StoredSignals: VisitorRecord {
  static func isBefore(_ left: Self, _ right: Self) -> Bool { left.visitor < right.visitor }

  /// Returns the sums of the signals of each visitor, in the order of visitors.
  fileprivate static func sums(_ signals: [Self]) -> [Self] {
    var sums: [Self] = []
    for noted in RunOrder.sorted(signals) {
      if let last = sums.indices.last, sums[last].visitor == noted.visitor {
        sums[last].signals += noted.signals
      } else {
        sums.append(noted)
      }
    }
    return sums
  }
}

/// The dictionary's symbols for those of a batch that its hits use. Each is noted once, in the order of the hits.
private struct BatchSymbols {
  private(set) var pages: NotedSymbols
  private(set) var clients: NotedSymbols
  private(set) var places: NotedSymbols
  private(set) var acquisitions: NotedSymbols
  private(set) var events: NotedSymbols

  init(_ slice: HitSlice, _ dictionary: inout TextDictionary, _ stored: StoredTexts) throws {
    let batch = slice.batch
    pages = NotedSymbols(of: batch.pages)
    clients = NotedSymbols(of: batch.clients)
    places = NotedSymbols(of: batch.places)
    acquisitions = NotedSymbols(of: batch.acquisitions)
    events = NotedSymbols(of: batch.events)
    dictionary.makeRoom()
    // Nearly all symbols are already noted. Checking this first avoids retaining and releasing the tables and the
    // dictionary for each hit.
    for index in slice.indices {
      let hit = batch.hits[index]
      if !clients.isNoted(hit.client) { try clients.note(hit.client, of: batch.clients, &dictionary, stored) }
      if !places.isNoted(hit.place) { try places.note(hit.place, of: batch.places, &dictionary, stored) }
      if !pages.isNoted(hit.page) { try pages.note(hit.page, of: batch.pages, &dictionary, stored) }
      if !acquisitions.isNoted(hit.acquisition) {
        try acquisitions.note(hit.acquisition, of: batch.acquisitions, &dictionary, stored)
      }
      if hit.kind.isEvent, !events.isNoted(hit.event) {
        try events.note(hit.event, of: batch.events, &dictionary, stored)
      }
    }
    try dictionary.findNoted(in: stored)
  }
}

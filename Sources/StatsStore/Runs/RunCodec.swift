import Hits

/// The storage format for the hits of open days: grouped by visitor, sorted by visitor and time, packed to some
/// eight bytes a hit.
///
/// A group is: visitor (8 bytes, little-endian) · twice the number of hits, plus one if there are signals · client
/// · place · hits · signals. A hit is: seconds since the previous hit, or since midnight for the first (zigzag) ·
/// kind and traits (1 byte) · page · acquisition · event (events only). Signals are: their bits (1 byte) · number of refusals (if there
/// are any). A group without hits has neither client nor place. Numbers are LEB128.
/// A run is split into pieces at the ends of groups. A visitor that outgrows a piece is split, too, and repeated in
/// the next piece.
enum RunCodec {
  /// The size at which a piece is closed, in bytes.
  static let pieceSize = 48 * 1_024
  /// The number of bits that a hit's kind takes of its byte; its traits take the others.
  static let kindBits: UInt8 = 2

  /// A hit with ids of the dictionary instead of symbols.
  struct StoredHit {
    var visitor: UInt64
    var client: UInt32
    var place: UInt32
    var hit: TimedHit
  }

  /// The signals of a visitor.
  struct StoredSignals: Equatable {
    var visitor: UInt64
    var signals: Signals
  }

  /// One piece of a run.
  struct Piece {
    var hits = 0
    var data: [UInt8] = []
  }

  /// Packs hits, sorted by visitor, client, place and time, with the signals of visitors, sorted by visitor.
  static func pack(_ hits: [StoredHit], _ signals: [StoredSignals] = []) -> [Piece] {
    var pieces: [Piece] = []
    var piece = Piece()
    var index = 0
    var signal = 0
    while index < hits.count || signal < signals.count {
      let hit = index < hits.count ? hits[index].visitor : .max
      let visitor = signal < signals.count ? min(hit, signals[signal].visitor) : hit
      let end = index < hits.count && hit == visitor ? groupEnd(hits, from: index) : index
      let isNoted = signal < signals.count && signals[signal].visitor == visitor
      append(visitor, hits[index..<end], isNoted ? signals[signal].signals : nil, to: &piece.data)
      piece.hits += end - index
      index = end
      if isNoted { signal += 1 }
      if piece.data.count >= pieceSize {
        pieces.append(piece)
        piece = Piece()
      }
    }
    if !piece.data.isEmpty { pieces.append(piece) }
    return pieces
  }

  /// Returns a piece with changed texts of its hits. Times and visitors must stay as they are.
  static func repacked(_ data: [UInt8], _ change: (inout TimedHit) throws -> Void) throws -> [UInt8] {
    var reader = RunPieceReader(data)
    var repacked: [UInt8] = []
    repacked.reserveCapacity(data.count)
    while !reader.isAtEnd {
      let visitor = try reader.visitor()
      var hits: [TimedHit] = []
      var signals = Signals()
      let of = try reader.group(into: &hits, &signals)
      for index in hits.indices { try change(&hits[index]) }
      let group = hits.map {
        StoredHit(visitor: visitor, client: of?.client ?? 0, place: of?.place ?? 0, hit: $0)
      }
      append(visitor, group[...], signals.isEmpty ? nil : signals, to: &repacked)
    }
    return repacked
  }

  /// Returns the end of the hits that form one group with the first one.
  private static func groupEnd(_ hits: [StoredHit], from index: Int) -> Int {
    let first = hits[index]
    var end = index + 1
    while end < hits.count, end - index < 4_096, hits[end].visitor == first.visitor,
      hits[end].client == first.client, hits[end].place == first.place
    {
      end += 1
    }
    return end
  }

  private static func append(
    _ visitor: UInt64, _ group: ArraySlice<StoredHit>, _ signals: Signals?, to data: inout [UInt8]
  ) {
    for shift in stride(from: UInt64(0), through: 56, by: 8) {
      data.append(UInt8(truncatingIfNeeded: visitor >> shift))
    }
    LEB128.append(UInt64(group.count) << 1 | (signals == nil ? 0 : 1), to: &data)
    if let first = group.first { append(group, of: first, to: &data) }
    if let signals {
      data.append(signals.bits)
      if signals.refusals > 0 { LEB128.append(UInt64(signals.refusals), to: &data) }
    }
  }

  private static func append(_ group: ArraySlice<StoredHit>, of first: StoredHit, to data: inout [UInt8]) {
    LEB128.append(UInt64(first.client), to: &data)
    LEB128.append(UInt64(first.place), to: &data)
    var last: Int32 = 0
    for stored in group {
      let gap = stored.hit.second - last
      LEB128.append(UInt64(UInt32(bitPattern: (gap << 1) ^ (gap >> 31))), to: &data)
      last = stored.hit.second
      data.append(stored.hit.kind.rawValue | stored.hit.traits.rawValue << kindBits)
      LEB128.append(UInt64(stored.hit.page), to: &data)
      LEB128.append(UInt64(stored.hit.acquisition), to: &data)
      if stored.hit.kind.isEvent { LEB128.append(UInt64(stored.hit.event), to: &data) }
    }
  }
}

/// Reads the groups of a piece in order.
struct RunPieceReader {
  /// A piece that cannot be read: the database is damaged.
  struct Damage: Error {}

  /// More than the length of any local day, whatever its clock changes.
  private static let secondsOfAnyDay: ClosedRange<Int32> = -172_800...172_800

  private let data: [UInt8]
  private var position = 0

  init(_ data: [UInt8]) {
    self.data = data
  }

  /// Whether all groups have been read.
  var isAtEnd: Bool { position >= data.count }

  /// Reads the visitor of the next group.
  mutating func visitor() throws(Damage) -> UInt64 {
    guard position + 8 <= data.count else { throw Damage() }
    var visitor: UInt64 = 0
    for offset in 0..<8 {
      visitor |= UInt64(data[position + offset]) << UInt64(8 * offset)
    }
    position += 8
    return visitor
  }

  /// Reads the rest of a group after its visitor: adds its hits and signals, and returns the client and place of
  /// its hits.
  mutating func group(
    into hits: inout [TimedHit], _ signals: inout Signals
  ) throws(Damage) -> (client: UInt32, place: UInt32)? {
    let header = try number()
    var of: (client: UInt32, place: UInt32)?
    if header > 1 {
      of = (try number(), try number())
      try appendHits(header >> 1, to: &hits)
    }
    if header & 1 == 1 { signals += try readSignals() }
    return of
  }

  private mutating func readSignals() throws(Damage) -> Signals {
    guard position < data.count else { throw Damage() }
    let bits = data[position]
    position += 1
    let refusals = bits & Signal.refusal.rawValue == 0 ? 0 : try number()
    guard let signals = Signals(bits: bits, refusals: refusals) else { throw Damage() }
    return signals
  }

  private mutating func appendHits(_ count: UInt32, to hits: inout [TimedHit]) throws(Damage) {
    var second: Int32 = 0
    for _ in 0..<count {
      let zigzag = try number()
      second &+= Int32(bitPattern: zigzag >> 1) ^ -Int32(bitPattern: zigzag & 1)
      guard Self.secondsOfAnyDay.contains(second), position < data.count,
        let kind = HitKind(rawValue: data[position] & (1 << RunCodec.kindBits - 1))
      else { throw Damage() }
      let traits = HitTraits(rawValue: data[position] >> RunCodec.kindBits)
      guard HitTraits.all.isSuperset(of: traits) else { throw Damage() }
      position += 1
      hits.append(
        TimedHit(
          second: second, kind: kind, page: try number(), acquisition: try number(),
          event: kind.isEvent ? try number() : 0, traits: traits))
    }
  }

  private mutating func number() throws(Damage) -> UInt32 {
    guard let number = LEB128.number(in: data, at: &position, bits: 32) else { throw Damage() }
    return UInt32(truncatingIfNeeded: number)
  }
}

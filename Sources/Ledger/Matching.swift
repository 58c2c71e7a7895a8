/// The comparison of one window with what is known.
///
/// Three ways lead to known lines, each extended line by line as far as it goes: the place where the window before left
/// off, blocks with the same content, and single lines (the first, the last and the sampled ones of what is left).
struct Matching {
  private let hashes: [UInt64]
  private let days: ClosedRange<Int32>
  private let storage: any LedgerStorage
  private var isKnown: [Bool]
  /// For each index that directly follows the end of a stream, that stream.
  private var endOfStream: [Int: Int64] = [:]
  /// For the index after each known run, where the next line would be.
  private var placesAfter: [Int: LinePlace] = [:]
  private var triedLines: Set<Int> = []
  private var triedSamples: Set<UInt64> = []

  init(hashes: [UInt64], days: ClosedRange<Int32>, storage: any LedgerStorage) {
    self.hashes = hashes
    self.days = days
    self.storage = storage
    isKnown = [Bool](repeating: false, count: hashes.count)
  }

  /// Goes on where the window before ended within known lines.
  mutating func followCursor(_ cursor: Ledger.Cursor) throws {
    guard let expected = cursor.expected else { return }
    let forward = try self.forward(from: 0, at: expected)
    mark(0..<forward.count, forward)
  }

  /// Finds known blocks and extends them on both sides.
  mutating func anchor(after before: [UInt64]) throws {
    var boundaries =
      before.isEmpty ? BlockBoundaries() : BlockBoundaries(after: before, linesOfBlock: 0)
    var start = 0
    var anchors: [(lines: Range<Int>, stream: Int64, sequence: Int)] = []
    for index in hashes.indices where boundaries.endsBlock(hashes[index]) {
      let lines = start..<index + 1
      start = index + 1
      if let place = try storage.place(of: BlockID(of: hashes[lines])) {
        for line in lines { isKnown[line] = true }
        anchors.append((lines, place.stream, place.sequence))
      }
    }
    for anchor in anchors {
      let after = anchor.lines.upperBound
      if anchor.lines.lowerBound > 0, !isKnown[anchor.lines.lowerBound - 1] {
        let count = try backward(before: anchor.lines.lowerBound, stream: anchor.stream, sequence: anchor.sequence - 1)
        for line in anchor.lines.lowerBound - count..<anchor.lines.lowerBound { isKnown[line] = true }
      }
      let next = LinePlace(stream: anchor.stream, sequence: anchor.sequence + 1, index: 0)
      if after == hashes.count {
        placesAfter[after] = next
      } else if !isKnown[after] {
        let forward = try self.forward(from: after, at: next)
        mark(after..<after + forward.count, forward)
      }
    }
  }

  /// Looks up single lines of what is left until nothing more is found.
  mutating func resolveRest() throws {
    var found = true
    while found {
      found = false
      for region in unknownRuns() {
        for line in try candidates(in: region) where !isKnown[line] {
          if try resolve(line, within: region) { found = true }
        }
      }
    }
  }

  /// The window's lines as runs of known and new ones.
  func regions(from cursor: Ledger.Cursor) -> [Ledger.Region] {
    var regions: [Ledger.Region] = []
    var start = 0
    while start < hashes.count {
      var end = start + 1
      while end < hashes.count, isKnown[end] == isKnown[start] { end += 1 }
      let continues = isKnown[start] ? nil : (start == 0 ? cursor.appending : nil) ?? endOfStream[start]
      regions.append(Ledger.Region(lines: start..<end, isKnown: isKnown[start], continues: continues))
      start = end
    }
    return regions
  }

  /// The sampled lines of what is new, and how many of them are known somewhere.
  func samples() throws -> (known: Int, all: Int) {
    var known = 0
    var all = 0
    for index in hashes.indices where !isKnown[index] && Ledger.isSampled(hashes[index]) {
      all += 1
      if try storage.knowsSample(hashes[index]) { known += 1 }
    }
    return (known, all)
  }

  /// Where the line at an index would be known, if the run before it is.
  func placeAfter(_ index: Int) -> LinePlace? {
    placesAfter[index]
  }

  private struct Forward {
    var count = 0
    var end: LinePlace
    var reachedEnd = false
  }

  private mutating func mark(_ lines: Range<Int>, _ forward: Forward) {
    for line in lines { isKnown[line] = true }
    placesAfter[lines.upperBound] = forward.end
    if forward.reachedEnd { endOfStream[lines.upperBound] = forward.end.stream }
  }

  /// How many lines from `start` on equal those of a stream from a place on.
  private func forward(from start: Int, at place: LinePlace) throws -> Forward {
    var forward = Forward(end: place)
    while true {
      guard let block = try storage.hashes(ofStream: place.stream, sequence: forward.end.sequence) else {
        forward.reachedEnd =
          try storage.lastBlock(ofStream: place.stream).map { last in
            forward.end.sequence > last.sequence
          } ?? false
        return forward
      }
      while forward.end.index < block.count {
        guard start + forward.count < hashes.count, hashes[start + forward.count] == block[forward.end.index]
        else { return forward }
        forward.count += 1
        forward.end.index += 1
      }
      let isLast = try storage.lastBlock(ofStream: place.stream).map { $0.sequence == forward.end.sequence } ?? false
      if isLast {
        forward.reachedEnd = true
        return forward
      }
      forward.end.sequence += 1
      forward.end.index = 0
    }
  }

  /// How many lines before `end` equal those of a stream up to a block, or to a line in it.
  private func backward(before end: Int, stream: Int64, sequence: Int, upTo index: Int? = nil) throws -> Int {
    var count = 0
    var sequence = sequence
    var upTo = index
    while sequence >= 0, let block = try storage.hashes(ofStream: stream, sequence: sequence) {
      for hash in block[..<(upTo ?? block.count)].reversed() {
        guard count < end, hashes[end - count - 1] == hash, !isKnown[end - count - 1] else { return count }
        count += 1
      }
      sequence -= 1
      upTo = nil
    }
    return count
  }

  private func unknownRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < hashes.count {
      var end = start
      while end < hashes.count, !isKnown[end] { end += 1 }
      if end > start { runs.append(start..<end) }
      start = end + 1
    }
    return runs
  }

  /// The first, the last and the known sampled lines of a region that have not been tried yet.
  private mutating func candidates(in region: Range<Int>) throws -> [Int] {
    var candidates: [Int] = []
    for line in [region.lowerBound, region.upperBound - 1] where triedLines.insert(line).inserted {
      candidates.append(line)
    }
    for line in region where Ledger.isSampled(hashes[line]) && triedSamples.insert(hashes[line]).inserted {
      if try storage.knowsSample(hashes[line]) { candidates.append(line) }
    }
    return candidates
  }

  /// Extends a single line on both sides at each of its places and takes the longest run, if it is long enough or bounded
  /// by the ends of region or stream.
  private mutating func resolve(_ line: Int, within region: Range<Int>) throws -> Bool {
    var best: (lines: Range<Int>, forward: Forward)?
    for place in try storage.places(of: hashes[line], days: days, limit: Ledger.mostPlaces) {
      let forward = try self.forward(from: line, at: place)
      let back = try backward(
        before: line, stream: place.stream, sequence: place.sequence, upTo: place.index)
      let lines = line - back..<line + forward.count
      let startsStream = try isStart(place, back)
      let isBounded =
        (lines.lowerBound <= region.lowerBound || startsStream)
        && (lines.upperBound >= region.upperBound || forward.reachedEnd)
      guard lines.count >= Ledger.shortestRun || isBounded, lines.count > best?.lines.count ?? 0 else { continue }
      best = (lines, forward)
    }
    guard let best else { return false }
    mark(best.lines, best.forward)
    return true
  }

  /// Whether going back that many lines from a place leads to the start of its stream.
  private func isStart(_ place: LinePlace, _ back: Int) throws -> Bool {
    var rest = back - place.index
    var sequence = place.sequence - 1
    while rest > 0, sequence >= 0 {
      guard let block = try storage.hashes(ofStream: place.stream, sequence: sequence) else { return false }
      rest -= block.count
      sequence -= 1
    }
    return rest == 0 && sequence < 0
  }
}

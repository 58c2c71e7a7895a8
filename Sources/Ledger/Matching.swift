/// The comparison of one window with the ledger.
///
/// Known lines are found in three ways, each extended line by line as far as possible: from the place where the
/// previous window ended, by blocks with the same content (found here or while the lines were read), and by single
/// lines among the rest.
struct Matching {
  let window: Ledger.Window
  let cursor: LedgerCursor
  let storage: any LedgerStorage
  let comparison: LineComparison
  var isKnown: [Bool]
  /// All runs found, in no particular order; they do not overlap in the window.
  private(set) var runs: [KnownRun] = []
  /// The index in ``runs`` of the run that ends before a line.
  private var runEndingAt: [Int: Int] = [:]
  /// The known samples among the lines that were new when a sample was first looked up; nil before that.
  private var knownSamples: Set<UInt64>?

  var hashes: [UInt64] { window.hashes }

  init(_ window: Ledger.Window, from cursor: LedgerCursor, storage: any LedgerStorage) {
    self.window = window
    self.cursor = cursor
    self.storage = storage
    comparison = LineComparison(hashes: window.hashes, storage: storage)
    isKnown = [Bool](repeating: false, count: window.hashes.count)
  }

  /// Continues where the previous window ended within known lines.
  mutating func followCursor() throws {
    guard let expected = cursor.expected else { return }
    let forward = try comparison.forward(0..<hashes.count, at: expected)
    add(
      KnownRun(
        lines: 0..<forward.count, from: expected, to: forward.place, startsStream: false,
        endsStream: forward.reachedEnd))
  }

  /// Finds known blocks and extends them on both sides.
  ///
  /// Blocks with few distinct lines are left to the comparison of single lines. Only there is a line of the ledger
  /// never matched with more than one line of the window.
  mutating func anchor() throws {
    for var run in try foundBlocks() + knownBlocks() {
      let (start, end) = (run.lines.lowerBound, run.lines.upperBound)
      if start > 0, !isKnown[start - 1] {
        let backward = try comparison.backward(unknownLines(before: start), before: run.from)
        run.lines = start - backward.count..<end
        run.from = backward.place
      }
      if end == hashes.count || !isKnown[end] {
        let forward = try comparison.forward(end..<endOfUnknown(from: end), at: run.to)
        run.lines = run.lines.lowerBound..<end + forward.count
        run.to = forward.place
        run.endsStream = forward.reachedEnd
      }
      add(run)
    }
  }

  /// Returns the lines found known while they were read, except those that the cursor has already covered.
  private mutating func foundBlocks() -> [KnownRun] {
    window.known.compactMap { found in
      let start = found.lines.first { !isKnown[$0] } ?? found.lines.upperBound
      guard start < found.lines.upperBound else { return nil }
      var from = found.from
      from.index += start - found.lines.lowerBound
      let lines = start..<found.lines.upperBound
      for line in lines { isKnown[line] = true }
      return KnownRun(lines: lines, from: from, to: found.to, startsStream: false, endsStream: false)
    }
  }

  /// Returns the other blocks of the window that are known by their ids. The lines after the last boundary are
  /// looked up, too: after a whole log was imported and sealed, its last block is known by its id although it
  /// reached no boundary.
  private mutating func knownBlocks() throws -> [KnownRun] {
    var boundaries =
      cursor.before.isEmpty ? BlockBoundaries() : BlockBoundaries(after: cursor.before, linesOfBlock: 0)
    var blocks: [KnownRun] = []
    var start = 0
    for index in hashes.indices where boundaries.endsBlock(hashes[index]) || index == hashes.count - 1 {
      let lines = start..<index + 1
      start = index + 1
      guard !isKnown[lines.lowerBound], !isKnown[index], isStrong(lines),
        let place = try storage.place(of: window.ids.id(of: lines) ?? BlockID(of: hashes[lines]))
      else { continue }
      for line in lines { isKnown[line] = true }
      blocks.append(
        KnownRun(
          lines: lines, from: LinePlace(stream: place.stream, sequence: place.sequence, index: 0),
          to: LinePlace(stream: place.stream, sequence: place.sequence + 1, index: 0), startsStream: false,
          endsStream: false))
    }
    return blocks
  }

  mutating func add(_ run: KnownRun) {
    for line in run.lines { isKnown[line] = true }
    runEndingAt[run.lines.upperBound] = runs.count
    runs.append(run)
  }

  /// Returns the window's lines as runs of known and new lines.
  func regions() throws -> [Ledger.Region] {
    var regions: [Ledger.Region] = []
    var continued: Set<Int64> = []
    var start = 0
    while start < hashes.count {
      let end = endOfRun(from: start)
      var region = Ledger.Region(lines: start..<end, isKnown: isKnown[start])
      if region.isKnown {
        let (first, from) = stretch(endingAt: end)
        region.from = first == start ? from : nil
        region.to = run(endingAt: end)?.to
      } else if let stream = try streamEnding(at: start), continued.insert(stream).inserted {
        region.continues = stream
      }
      regions.append(region)
      start = end
    }
    return regions
  }

  /// Returns the stream whose last line precedes an index; nil if it cannot be continued because its days are
  /// sealed.
  private func streamEnding(at index: Int) throws -> Int64? {
    if index == 0, let appending = cursor.appending { return appending }
    guard let run = run(endingAt: index), run.endsStream else { return nil }
    return try storage.lastBlock(ofStream: run.from.stream) == nil ? nil : run.from.stream
  }

  /// Returns the number of distinct samples among the new lines, and how many of them are known anywhere.
  mutating func samples() throws -> (known: Int, all: Int) {
    let new = newSamples()
    return (try new.count(where: { try knowsSample($0) }), new.count)
  }

  /// Returns whether a sample is in the ledger although its place has not been found so far.
  mutating func knowsSample(_ hash: UInt64) throws -> Bool {
    if let known = knownSamples { return known.contains(hash) }
    let known = try storage.knownSamples(among: newSamples())
    knownSamples = known
    return known.contains(hash)
  }

  private func newSamples() -> Set<UInt64> {
    var samples: Set<UInt64> = []
    for index in hashes.indices where Ledger.isSampled(hashes[index]) && !isKnown[index] {
      samples.insert(hashes[index])
    }
    return samples
  }
}

// What has been found so far.
extension Matching {
  func run(endingAt index: Int) -> KnownRun? {
    runEndingAt[index].map { runs[$0] }
  }

  /// Returns whether other lines of the input already match the ledger lines of a run.
  func isUsed(_ run: KnownRun) -> Bool {
    if let expected = cursor.expected, run.from.stream == expected.stream, run.from < expected { return true }
    return runs.contains { $0.overlaps(run) }
  }

  /// Returns the start of the contiguous part of one stream that ends before an index.
  func stretch(endingAt index: Int) -> (line: Int, from: LinePlace?) {
    guard var first = run(endingAt: index) else { return (index, nil) }
    while !first.lines.isEmpty, let before = run(endingAt: first.lines.lowerBound), before.to == first.from {
      first = before
    }
    return (first.lines.lowerBound, first.from)
  }

  /// Returns whether all lines of the input before an index are one contiguous part of one stream.
  func isUnbroken(before index: Int) -> Bool {
    let (line, from) = stretch(endingAt: index)
    guard line == 0, let from else { return false }
    return cursor.isAtStart || cursor.isUnbroken && from == cursor.expected
  }

  /// Returns whether enough of the lines differ to identify a part of a log with certainty.
  func isStrong(_ lines: Range<Int>) -> Bool {
    Ledger.isStrong(hashes[lines])
  }

  func unknownRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < hashes.count {
      let end = endOfRun(from: start)
      if !isKnown[start] { runs.append(start..<end) }
      start = end
    }
    return runs
  }

  private func endOfRun(from start: Int) -> Int {
    var end = start + 1
    while end < hashes.count, isKnown[end] == isKnown[start] { end += 1 }
    return end
  }

  private func endOfUnknown(from start: Int) -> Int {
    start < hashes.count && !isKnown[start] ? endOfRun(from: start) : start
  }

  private func unknownLines(before end: Int) -> Range<Int> {
    var start = end
    while start > 0, !isKnown[start - 1] { start -= 1 }
    return start..<end
  }
}

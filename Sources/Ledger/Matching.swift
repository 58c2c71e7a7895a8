/// The comparison of one window with what is known.
///
/// Three ways lead to known lines, each extended line by line as far as it goes: the place where the window before left
/// off, blocks with the same content (found here or while the lines were read), and single lines of what is left.
struct Matching {
  let window: Ledger.Window
  let cursor: LedgerCursor
  let storage: any LedgerStorage
  let comparison: LineComparison
  var isKnown: [Bool]
  /// All runs found, in no order; they do not overlap in the window.
  private(set) var runs: [KnownRun] = []
  /// The run that ends before an index.
  private var runEndingAt: [Int: Int] = [:]
  /// The known ones among the samples of lines that were not known yet when one was first asked for; nil before.
  private var knownSamples: Set<UInt64>?

  var hashes: [UInt64] { window.hashes }

  init(_ window: Ledger.Window, from cursor: LedgerCursor, storage: any LedgerStorage) {
    self.window = window
    self.cursor = cursor
    self.storage = storage
    comparison = LineComparison(hashes: window.hashes, storage: storage)
    isKnown = [Bool](repeating: false, count: window.hashes.count)
  }

  /// Goes on where the window before ended within known lines.
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
  /// Blocks of a few different lines are left to the comparison of single lines: only there is a line of the ledger that
  /// stands for one line of the window not taken for another one as well.
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

  /// The lines that were found known while they were read, but for those that the cursor has led to.
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

  /// The other blocks of the window that are known by their ids. What is left at its end is looked up, too: of a log that was
  /// imported whole and sealed, the last block is known by its id although it reached no boundary.
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

  /// The window's lines as runs of known and new ones.
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

  /// The stream whose last line comes before an index; nil where it cannot be continued, because its days are sealed.
  private func streamEnding(at index: Int) throws -> Int64? {
    if index == 0, let appending = cursor.appending { return appending }
    guard let run = run(endingAt: index), run.endsStream else { return nil }
    return try storage.lastBlock(ofStream: run.from.stream) == nil ? nil : run.from.stream
  }

  /// The different sampled lines of what is new, and how many of them are known somewhere.
  mutating func samples() throws -> (known: Int, all: Int) {
    let new = newSamples()
    return (try new.count(where: { try knowsSample($0) }), new.count)
  }

  /// Whether a sampled line is known that is not known by its place so far.
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

  /// Whether lines of the ledger stand for other lines of the input already.
  func isUsed(_ run: KnownRun) -> Bool {
    if let expected = cursor.expected, run.from.stream == expected.stream, run.from < expected { return true }
    return runs.contains { $0.overlaps(run) }
  }

  /// Where the stretch of one stream begins that ends before an index.
  func stretch(endingAt index: Int) -> (line: Int, from: LinePlace?) {
    guard var first = run(endingAt: index) else { return (index, nil) }
    while !first.lines.isEmpty, let before = run(endingAt: first.lines.lowerBound), before.to == first.from {
      first = before
    }
    return (first.lines.lowerBound, first.from)
  }

  /// Whether all lines of the input before an index are one stretch of one stream.
  func isUnbroken(before index: Int) -> Bool {
    let (line, from) = stretch(endingAt: index)
    guard line == 0, let from else { return false }
    return cursor.isAtStart || cursor.isUnbroken && from == cursor.expected
  }

  /// Whether so many of the lines differ that they tell a stretch of a log for sure.
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

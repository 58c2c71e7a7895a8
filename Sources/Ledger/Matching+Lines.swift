// Known lines outside whole known blocks: single lines are looked up and extended.
extension Matching {
  /// The number of times that a recurring sample is tried in a region.
  private static let mostTries = 4

  /// Looks up single lines among the rest until nothing more is found.
  mutating func resolveRest() throws {
    var tried: Set<Range<Int>> = []
    var found = true
    while found {
      found = false
      for region in unknownRuns() where tried.insert(region).inserted {
        if try resolve(region) { found = true }
      }
    }
  }

  /// Tries the candidates of a region from left to right, and returns whether some of it is known now.
  ///
  /// The lines before a run that was found form a region of their own in the next pass.
  private mutating func resolve(_ whole: Range<Int>) throws -> Bool {
    var region = whole
    var found = false
    for line in try candidates(in: whole) where region.contains(line) {
      guard let run = try longestRun(around: line, within: region) else { continue }
      add(run)
      found = true
      region = run.lines.upperBound..<region.upperBound
    }
    return found
  }

  /// Returns the lines of a region to look up, in order: those at its edges, first lines of streams, known samples.
  private mutating func candidates(in region: Range<Int>) throws -> [Int] {
    var candidates: Set<Int> = []
    candidates.formUnion(edgeLines(region))
    candidates.formUnion(edgeLines(region, backwards: true))
    candidates.formUnion(try linesThatStartStreams(in: region))
    var tries: [UInt64: Int] = [:]
    for line in region where Ledger.isSampled(hashes[line]) {
      guard line == region.lowerBound || hashes[line] != hashes[line - 1], try knowsSample(hashes[line]) else {
        continue
      }
      tries[hashes[line], default: 0] += 1
      if tries[hashes[line], default: 0] <= Self.mostTries { candidates.insert(line) }
    }
    return candidates.sorted()
  }

  /// Returns the first line from one end, and the first different line after it in case the first belongs to a
  /// burst of equal lines. Lines with a time are preferred, because they are found quickly.
  private func edgeLines(_ region: Range<Int>, backwards: Bool = false) -> [Int] {
    func index(_ offset: Int) -> Int { backwards ? region.upperBound - 1 - offset : region.lowerBound + offset }
    let offsets = 0..<region.count
    let first = offsets.first { window.times[index($0)] != Ledger.noTime } ?? 0
    let other = offsets[(first + 1)...].first {
      window.times[index($0)] != Ledger.noTime && hashes[index($0)] != hashes[index(first)]
    }
    return [index(first)] + (other.map { [index($0)] } ?? [])
  }

  private func linesThatStartStreams(in region: Range<Int>) throws -> [Int] {
    var first = UInt32.max
    var last: UInt32 = 0
    for line in region where window.times[line] != Ledger.noTime {
      first = min(first, window.times[line])
      last = max(last, window.times[line])
    }
    guard first <= last else { return [] }
    let firstLines = HashFilter(try storage.firstLines(within: first...last))
    return region.filter { firstLines.contains(hashes[$0]) }
  }

  /// Extends a line at each of its places and returns the longest conclusive run.
  private func longestRun(around line: Int, within region: Range<Int>) throws -> KnownRun? {
    let time = window.times[line] == Ledger.noTime ? nil : window.times[line]
    var longest: KnownRun?
    for place in try storage.places(of: hashes[line], at: time, limit: Ledger.mostPlaces) {
      let run = try comparison.run(around: line, at: place, within: region)
      if run.lines.count > longest?.lines.count ?? 0, isStrong(run.lines) || isPlausible(run, within: region) {
        longest = run
      }
    }
    return longest
  }

  /// Returns whether a run of few distinct lines counts as known. It does if its beginning and end are beyond
  /// doubt, and if no other lines of the input match the same lines of the ledger.
  private func isPlausible(_ run: KnownRun, within region: Range<Int>) -> Bool {
    let fillsStart = run.lines.lowerBound == region.lowerBound
    let fillsEnd = run.lines.upperBound == region.upperBound
    guard run.startsStream || fillsStart, run.endsStream || fillsEnd, !isUsed(run) else { return false }
    // Two logs that meet in one line, or in copies of it, were split there; they do not overlap.
    let isContained = run.startsStream && run.endsStream || fillsStart && fillsEnd
    if !isContained, Set(hashes[run.lines]).count == 1 { return false }
    if run.startsStream { return true }
    switch edge(before: region.lowerBound) {
    case .within: return false
    case .definite: return true
    case .growth: return fillsEnd && region.upperBound < hashes.count
    }
  }

  private enum Edge {
    /// The region may have begun before the window.
    case within
    /// The input begins here, or the lines before continue differently in the ledger.
    case definite
    /// The input equals a stream up to here and has grown since. Its new lines may equal those of another server by
    /// chance.
    case growth
  }

  private func edge(before index: Int) -> Edge {
    if index == 0, cursor.isAtStart { return .definite }
    guard let before = run(endingAt: index) else { return .within }
    return before.endsStream && isUnbroken(before: index) ? .growth : .definite
  }
}

/// A set of hashes that rejects most others with a single lookup.
private struct HashFilter {
  private let hashes: Set<UInt64>
  private var bits = [Bool](repeating: false, count: 1 << 12)

  init(_ hashes: [UInt64]) {
    self.hashes = Set(hashes)
    for hash in hashes { bits[Self.slot(hash)] = true }
  }

  func contains(_ hash: UInt64) -> Bool {
    bits[Self.slot(hash)] && hashes.contains(hash)
  }

  private static func slot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> 40 & 0xFFF)
  }
}

/// The lines of the ledger already matched with lines of one input, so that each is matched only once.
///
/// For inputs that are merged, filtered or sorted copies: the multiset of known lines is subtracted from them. One
/// value is used for all windows of an input.
public struct LineSubtraction: Sendable {
  private struct BlockKey: Hashable {
    var stream: Int64
    var sequence: Int
  }

  private var runs: [Int64: [Range<LinePlace>]] = [:]
  private var taken: [BlockKey: [Bool]] = [:]
  private var ownStreams: Set<Int64> = []

  /// Creates a subtraction without matches.
  public init() {}

  /// Records a stream that holds only lines of this input.
  public mutating func own(_ stream: Int64) {
    ownStreams.insert(stream)
  }

  mutating func take(
    _ finding: Ledger.Finding, _ window: Ledger.Window, _ storage: any LedgerStorage
  ) throws -> [Bool] {
    for run in finding.runs where run.from < run.to { runs[run.from.stream, default: []].append(run.from..<run.to) }
    var wanted: [UInt64: Int] = [:]
    var times: ClosedRange<UInt32>?
    for line in finding.regions.lazy.filter({ !$0.isKnown }).flatMap(\.lines) {
      wanted[window.hashes[line], default: 0] += 1
      let time = window.times[line]
      times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
    }
    let hasUntimed = times?.contains(Ledger.noTime) ?? true
    var found: [UInt64: Int] = [:]
    try storage.forEachBlock(within: hasUntimed ? nil : times) { stream, sequence, hashes in
      take(&wanted, &found, hashes, BlockKey(stream: stream, sequence: sequence))
    }
    return found.isEmpty ? [] : Self.lines(finding, window, &found)
  }

  /// Matches unused lines of a block with wanted lines.
  private mutating func take(
    _ wanted: inout [UInt64: Int], _ found: inout [UInt64: Int], _ hashes: [UInt64], _ key: BlockKey
  ) {
    guard !ownStreams.contains(key.stream) else { return }
    let runs = self.runs[key.stream] ?? []
    for (index, hash) in hashes.enumerated() {
      guard let count = wanted[hash], count > 0 else { continue }
      let place = LinePlace(stream: key.stream, sequence: key.sequence, index: index)
      if runs.contains(where: { $0.contains(place) }) { continue }
      var lines = taken[key] ?? []
      if lines.count < hashes.count { lines += [Bool](repeating: false, count: hashes.count - lines.count) }
      guard !lines[index] else { continue }
      lines[index] = true
      taken[key] = lines
      wanted[hash] = count - 1
      found[hash, default: 0] += 1
    }
  }

  private static func lines(
    _ finding: Ledger.Finding, _ window: Ledger.Window, _ found: inout [UInt64: Int]
  ) -> [Bool] {
    var lines = [Bool](repeating: false, count: window.hashes.count)
    for line in finding.regions.lazy.filter({ !$0.isKnown }).flatMap(\.lines) {
      guard let count = found[window.hashes[line]], count > 0 else { continue }
      found[window.hashes[line]] = count - 1
      lines[line] = true
    }
    return lines
  }
}

import Foundation
import Hits
import Ledger
import StatsStore

/// Compares a window with the ledger and keeps what is new, in transactions of a bounded number of lines.
struct WindowCommit {
  /// How many new lines a transaction holds at most.
  static let linesPerTransaction = 100_000

  let store: StatsStore
  let importID: Int64
  let name: String
  let format: String

  /// How the lines of the window ended.
  private(set) var outcomes = OutcomeCounts()
  /// The lines that could not be read, by their numbers.
  private(set) var rejects: [(line: Int, outcome: Outcome)] = []

  init(store: StatsStore, importID: Int64, name: String, format: String) {
    self.store = store
    self.importID = importID
    self.name = name
    self.format = format
  }

  /// Keeps a window.
  ///
  /// - Parameters:
  ///   - file: the file's id in the database; set by the first transaction.
  ///   - cursor: where the reading of the file stands; moved behind the window.
  /// - Returns: false, with nothing kept, where the window is a re-arranged copy of what is known.
  mutating func keep(
    _ chunks: [CountedChunk], firstLines: [Int], file: inout Int64?, cursor: inout Ledger.Cursor
  ) throws -> Ledger.Finding? {
    let finding = try store.find(chunks.flatMap(\.hashes), days: Self.days(chunks), from: &cursor)
    if finding.isRearranged { return finding }
    var lines = LineCursor(chunks: chunks, firstLines: firstLines)
    for region in finding.regions {
      var rest = region.lines.count
      var stream = region.continues
      while rest > 0 {
        let count = region.isKnown ? rest : min(rest, Self.linesPerTransaction)
        var part = newPart(file)
        part.stream = stream
        take(count, isKnown: region.isKnown, from: &lines, into: &part)
        let ids = try store.commit(part)
        file = ids.file
        stream = ids.stream
        rest -= count
      }
      cursor.appending = region.isKnown ? nil : stream
    }
    return nil
  }

  /// Notes lines that were too long to read: they are counted, and no part of the ledger.
  mutating func countOverlong(_ count: Int, file: inout Int64?) throws {
    guard count > 0 else { return }
    var part = newPart(file)
    part.lines = count
    part.outcomes[OutcomeKey(site: 0, day: OutcomeKey.noDay, outcome: .malformedTooLong)] = count
    outcomes[.malformedTooLong] += count
    file = try store.commit(part).file
  }

  private func newPart(_ file: Int64?) -> ImportPart {
    ImportPart(
      importID: importID, file: file, name: name, format: format, now: Int64(Date().timeIntervalSince1970))
  }

  /// Takes the next lines of the window into a part.
  private mutating func take(_ count: Int, isKnown: Bool, from lines: inout LineCursor, into part: inout ImportPart) {
    part.lines = count
    for slice in lines.next(count) {
      let chunk = slice.chunk
      for line in slice.lines {
        let outcome = isKnown ? .alreadyImported : chunk.outcomes[line]
        part.outcomes[OutcomeKey(site: chunk.sites[line], day: chunk.days[line], outcome: outcome), default: 0] += 1
        outcomes[outcome] += 1
        if outcome.isReject { rejects.append((slice.firstLine + line, outcome)) }
      }
      guard !isKnown else { continue }
      part.newHashes += chunk.hashes[slice.lines]
      part.newDays += chunk.days[slice.lines]
      let hits = chunk.batch.lines.indices.filter { slice.lines.contains(Int(chunk.batch.lines[$0])) }
      if !hits.isEmpty { part.hits.append(HitSlice(batch: chunk.batch, indices: hits)) }
    }
  }

  /// The days the lines of the window fall on.
  private static func days(_ chunks: [CountedChunk]) -> ClosedRange<Int32>? {
    var range: ClosedRange<Int32>?
    for chunk in chunks {
      for day in chunk.days where day != OutcomeKey.noDay {
        range = min(range?.lowerBound ?? day, day)...max(range?.upperBound ?? day, day)
      }
    }
    return range
  }
}

/// Walks the lines of a window's chunks.
private struct LineCursor {
  struct Slice {
    var chunk: CountedChunk
    var lines: Range<Int>
    /// The number in the file of the chunk's line 0.
    var firstLine: Int
  }

  let chunks: [CountedChunk]
  let firstLines: [Int]
  private var chunk = 0
  private var line = 0

  init(chunks: [CountedChunk], firstLines: [Int]) {
    self.chunks = chunks
    self.firstLines = firstLines
  }

  /// The next lines, chunk by chunk.
  mutating func next(_ count: Int) -> [Slice] {
    var slices: [Slice] = []
    var rest = count
    while rest > 0, chunk < chunks.count {
      let take = min(rest, chunks[chunk].lines - line)
      if take > 0 {
        slices.append(Slice(chunk: chunks[chunk], lines: line..<line + take, firstLine: firstLines[chunk]))
      }
      rest -= take
      line += take
      if line == chunks[chunk].lines {
        chunk += 1
        line = 0
      }
    }
    return slices
  }
}

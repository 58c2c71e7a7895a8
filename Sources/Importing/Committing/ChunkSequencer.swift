import Collecting
import Hits
import Ledger
import StatsStore

/// The part of a file that is compared with the ledger at once: some consecutive chunks.
struct Window {
  var chunks: [ChunkResult] = []
  /// The number of each chunk's first line in the file, from 1.
  var firstLines: [Int] = []
  /// The number of lines in the chunks.
  var lines = 0

  /// The first rule of the collect API that a line breaks, with the line's number; nil if no line breaks one.
  var firstBrokenRule: (line: Int, rule: BrokenRule)? {
    for (chunk, first) in zip(chunks, firstLines) {
      guard let broken = chunk.brokenRules.min(by: { $0.key < $1.key }) else { continue }
      return (first + chunk.number(ofLine: Int(broken.key)), broken.value)
    }
    return nil
  }

  /// The lines that were too long to read. They come right before the chunks that report them.
  var overlongLines: [RejectedLine] {
    zip(chunks, firstLines).flatMap { chunk, first in
      (first - chunk.overlongLines..<first).map { RejectedLine(number: $0, outcome: .malformedTooLong) }
    }
  }

  /// The lines as the ledger compares them.
  var ledgerLines: Ledger.Window {
    var known: [KnownLines] = []
    var ids = BlockIDs()
    var first = 0
    for chunk in chunks {
      known += chunk.known.map { found in
        var found = found
        found.lines = first + found.lines.lowerBound..<first + found.lines.upperBound
        return found
      }
      ids.add(chunk.blockIDs, endingIn: 0..<chunk.lines, from: first)
      first += chunk.lines
    }
    return Ledger.Window(hashes: chunks.flatMap(\.hashes), times: chunks.flatMap(\.times), known: known, ids: ids)
  }
}

/// Restores the order of the chunks of one file and splits them into windows. The windows do not depend on the order
/// in which the chunks arrive.
struct ChunkSequencer {
  /// The smallest number of lines in a window, except in the last one of a file.
  private let windowLines: Int
  private var waiting: [Int: ChunkResult] = [:]
  private var nextSequence = 0
  private var windows: [Window] = []
  private var nextLine = 1
  /// The number of lines that an earlier run read, if reading resumes after them.
  private let earlierLines: Int
  /// How reading ended; nil until it has.
  private(set) var ending: FileEnding?

  init(windowLines: Int, earlierLines: Int) {
    self.windowLines = windowLines
    self.earlierLines = earlierLines
  }

  /// Adds a chunk; chunks may arrive in any order.
  mutating func add(_ chunk: ChunkResult) {
    waiting[chunk.sequence] = chunk
    while let next = waiting.removeValue(forKey: nextSequence) {
      if nextSequence == 0, next.isResumed { nextLine += earlierLines }
      nextSequence += 1
      nextLine += next.overlongLines
      if windows.last.map({ $0.lines >= windowLines }) ?? true { windows.append(Window()) }
      windows[windows.count - 1].firstLines.append(nextLine)
      windows[windows.count - 1].lines += next.lines
      windows[windows.count - 1].chunks.append(next)
      nextLine += next.allLines
    }
  }

  /// Notes how reading ended, and with it the number of chunks.
  mutating func end(_ ending: FileEnding) {
    self.ending = ending
  }

  /// Whether all chunks have arrived.
  var isComplete: Bool { ending.map { $0.chunks == nextSequence } ?? false }

  /// Removes and returns the next complete window; nil if there is none yet.
  mutating func takeWindow() -> Window? {
    guard let first = windows.first, first.lines >= windowLines || isComplete else { return nil }
    return windows.removeFirst()
  }
}

import Collecting
import Hits
import Ledger
import StatsStore

/// A part of a file that is compared with the ledger at once: some chunks in order.
struct Window {
  /// The chunks.
  var chunks: [ChunkResult] = []
  /// The number in the file of each chunk's first line, from 1.
  var firstLines: [Int] = []
  /// How many lines the chunks have.
  var lines = 0

  /// The first rule of the collect API that a line breaks, with the line's number; nil where none does.
  var firstBrokenRule: (line: Int, rule: BrokenRule)? {
    for (chunk, first) in zip(chunks, firstLines) {
      guard let broken = chunk.brokenRules.min(by: { $0.key < $1.key }) else { continue }
      return (first + chunk.number(ofLine: Int(broken.key)), broken.value)
    }
    return nil
  }

  /// The lines that were too long to read: they stand right before the chunks that tell of them.
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

/// Puts the chunks of one file in order again and cuts it into windows, the same ones however the chunks come.
struct ChunkSequencer {
  /// How many lines a window has at least, unless it is a file's last.
  private let windowLines: Int
  private var waiting: [Int: ChunkResult] = [:]
  private var nextSequence = 0
  private var windows: [Window] = []
  private var nextLine = 1
  /// How many lines of the file were read in an earlier run, if it is read on from there.
  private let earlierLines: Int
  /// How the reading ended, once it has.
  private(set) var ending: FileEnding?

  init(windowLines: Int, earlierLines: Int) {
    self.windowLines = windowLines
    self.earlierLines = earlierLines
  }

  /// Takes a chunk, in any order.
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

  /// Notes that no more chunks than these will come.
  mutating func end(_ ending: FileEnding) {
    self.ending = ending
  }

  /// Whether all chunks are there.
  var isComplete: Bool { ending.map { $0.chunks == nextSequence } ?? false }

  /// The next window that is whole; nil where there is none yet.
  mutating func takeWindow() -> Window? {
    guard let first = windows.first, first.lines >= windowLines || isComplete else { return nil }
    return windows.removeFirst()
  }
}

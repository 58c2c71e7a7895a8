import Hits
import StatsStore

/// Puts the chunks of one file in order again and gathers them into a window, the part of a file that is compared with the
/// ledger at once.
struct FileAssembly {
  /// How many lines a window holds at most; bounds memory to some 60 MB a file.
  static let windowLines = 1_000_000

  let file: Int
  private var waiting: [Int: CountedChunk] = [:]
  private var nextSequence = 0
  private(set) var ending: FileEnding?
  /// The chunks of the window, in order.
  private(set) var window: [CountedChunk] = []
  private(set) var windowCount = 0
  /// The number of the first line of each chunk of the window in its file, from 1.
  private(set) var firstLines: [Int] = []
  private var nextLine = 1

  init(file: Int) {
    self.file = file
  }

  /// Takes a chunk, in any order.
  mutating func add(_ chunk: CountedChunk) {
    waiting[chunk.sequence] = chunk
    while let next = waiting.removeValue(forKey: nextSequence) {
      nextSequence += 1
      nextLine += next.overlongLines
      firstLines.append(nextLine)
      nextLine += next.lines
      windowCount += next.lines
      window.append(next)
    }
  }

  /// Notes that no more chunks than these will come.
  mutating func end(_ ending: FileEnding) {
    self.ending = ending
  }

  /// Whether the window should be compared and committed now.
  var isWindowFull: Bool { windowCount >= Self.windowLines }

  /// Whether all chunks are there.
  var isComplete: Bool { ending.map { $0.chunks == nextSequence } ?? false }

  /// Empties the window.
  mutating func clearWindow() {
    window.removeAll()
    firstLines.removeAll()
    windowCount = 0
  }
}

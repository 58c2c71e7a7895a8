import Collecting
import Hits
import Ledger
import LogInput
import StatsStore

/// What became of a chunk: for each line its hash, day, site and outcome, and the hits of those that count.
///
/// Nothing of it names an address or an agent.
struct ChunkResult: Sendable {
  /// The index of the file among those of the import.
  var file = 0
  /// The number of the chunk within its file, from 0.
  var sequence = 0
  /// The name of the format the lines were read in.
  var format: String
  /// The keyed hash of each line.
  var hashes: [UInt64] = []
  /// The instant of each line in Unix seconds; ``Ledger/Ledger/noTime`` where it has none.
  var times: [UInt32] = []
  /// The local day of each line; ``OutcomeKey/noDay`` where it has none.
  var days: [Int32] = []
  /// The id of each line's site; 0 where it has none.
  var sites: [UInt32] = []
  /// How each line ends, if it is new.
  var outcomes: [Outcome] = []
  /// The hits of lines that count.
  var batch = HitBatch()
  /// The lines that were found known before anybody looked at them, in order: they have no time, and site and day of each
  /// are those of any other one.
  var known: [KnownLines] = []
  /// The ids of the blocks that end in it; where they are known, no line is left out.
  var blockIDs = BlockIDs()
  /// The lines that are in none of the arrays, because a rule or a period leaves them out.
  var leftOut = LeftOutLines()
  /// Where lines are left out: the number within the chunk, from 0, of each line in the arrays. Otherwise empty.
  var numbers: [Int32] = []
  /// How many lines before the first one were too long to read.
  var overlongLines = 0
  /// The rules of the collect API that lines break, by their indices; of several the first one.
  var brokenRules: [Int32: BrokenRule] = [:]
  /// Hosts or tracking ids that are no site's, with the indices of the lines of each.
  var unknownHosts: [String: [Int32]] = [:]
  /// How far the file was read when the chunk was made, in bytes on disk.
  var bytesRead = 0
  /// Whether the lines of the file before its first chunk were read in an earlier run.
  var isResumed = false
  /// The index of the first line that each format read, where the format of the line before it was another one.
  var firstUses: [String: Int] = [:]
  /// The formats that fit the file's first lines better than the one asked for; nil where it fits most of them.
  var advice: String?
  /// The buffer, to be used again.
  var buffer: Chunk

  /// The name of the format that read the only line of it; nil where none did.
  var readIn: String? { firstUses.keys.first }

  /// The number of lines in the arrays.
  var lines: Int { hashes.count }
  /// The number of all lines that were read, without those that were too long.
  var allLines: Int { lines + leftOut.total }

  /// The number within the chunk, from 0, of a line of the arrays.
  func number(ofLine line: Int) -> Int {
    numbers.isEmpty ? line : Int(numbers[line])
  }

  /// Hands the buffer out, to be used again by whoever gets it alone.
  mutating func takeBuffer() -> Chunk {
    let taken = buffer
    buffer = .none
    return taken
  }

  /// Counts a line that is in none of the arrays.
  mutating func leaveOut(_ key: OutcomeKey) {
    if leftOut.counts.isEmpty { numbers = (0..<Int32(lines)).map { $0 } }
    leftOut.add(key)
  }
}

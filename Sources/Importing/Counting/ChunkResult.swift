import AccessLog
import Collecting
import Hits
import Ledger
import LogInput
import StatsStore

/// The result of counting a chunk: hash, day, site and outcome of each line, and the hits of those that count.
///
/// It contains no address and no user agent.
struct ChunkResult: Sendable {
  /// The index of the file among those of the import.
  var file = 0
  /// The number of the chunk within its file, from 0.
  var sequence = 0
  /// The name of the format of the lines.
  var format: String
  /// The keyed hash of each line.
  var hashes: [UInt64] = []
  /// The instant of each line in Unix seconds; ``Ledger/Ledger/noTime`` if it has none.
  var times: [UInt32] = []
  /// The local day of each line; ``OutcomeKey/noDay`` if it has none.
  var days: [Int32] = []
  /// The id of each line's site; 0 if it has none.
  var sites: [UInt32] = []
  /// The outcome of each line, provided it is new.
  var outcomes: [Outcome] = []
  /// The hits of lines that count.
  var batch = HitBatch()
  /// The lines that were known before they were parsed, in order. They have no times, and their sites and days are right as
  /// a set only, not line by line.
  var known: [KnownLines] = []
  /// The ids of the blocks that end in the chunk; only computed if no line is excluded.
  var blockIDs = BlockIDs()
  /// The lines that a rule or a period excludes. They are in none of the arrays.
  var excluded = ExcludedLines()
  /// The number within the chunk, from 0, of each line in the arrays; empty if no line is excluded.
  var numbers: [Int32] = []
  /// The number of lines before the first one that were too long to read.
  var overlongLines = 0
  /// The first rule of the collect API that a line breaks, by the index of the line.
  var brokenRules: [Int32: BrokenRule] = [:]
  /// Hosts and tracking ids that belong to no site, each with the indices of its lines.
  var unknownHosts: [String: [Int32]] = [:]
  /// The number of bytes on disk that were read when the chunk was made.
  var bytesRead = 0
  /// Whether an earlier run read the lines of the file before its first chunk.
  var isResumed = false
  /// The index of the first line that each format matched, if the line before it had another format.
  var firstUses: [String: Int] = [:]
  /// The formats that match the file's first lines better than the one asked for; nil if that one matches most of them.
  var advice: String?
  /// The first run of lines that may be misread or that no format matches; nil if there is none.
  let doubt: DoubtfulRun?
  /// A text for `--format` that also describes the lines that no format matches; nil if there is none.
  let suggestion: String?
  /// The buffer, to be reused.
  var buffer: Chunk

  /// The name of the format that matched the only line; nil if none did.
  var readIn: String? { firstUses.keys.first }

  /// The number of lines in the arrays.
  var lines: Int { hashes.count }
  /// The number of all lines that were read, except those that were too long.
  var allLines: Int { lines + excluded.total }

  /// Creates the result of a chunk of which no line has been counted yet.
  init(_ chunk: borrowing FileChunk) {
    file = chunk.file
    sequence = chunk.sequence
    format = chunk.format.name
    overlongLines = chunk.chunk.overlongLines
    bytesRead = chunk.bytesRead
    isResumed = chunk.isResumed
    firstUses = chunk.firstUses
    advice = chunk.advice
    doubt = chunk.doubt
    suggestion = chunk.suggestion
    known = chunk.known
    blockIDs = chunk.blockIDs
    buffer = .none
  }

  /// Reserves memory for some lines.
  mutating func reserve(lines: Int) {
    hashes.reserveCapacity(lines)
    times.reserveCapacity(lines)
    days.reserveCapacity(lines)
    sites.reserveCapacity(lines)
    outcomes.reserveCapacity(lines)
    batch.reserve(hits: lines / 4, notes: lines / 2)
  }

  /// Adds what the ledger needs of a line.
  mutating func add(_ line: ScannedLine, at time: UInt32) {
    if !excluded.counts.isEmpty { numbers.append(Int32(allLines)) }
    hashes.append(line.hash)
    times.append(time)
  }

  /// Adds what the books need of the line that ``add(_:at:)`` has added.
  mutating func append(_ outcome: Outcome, site: UInt32, day: Int32) {
    outcomes.append(outcome)
    sites.append(site)
    days.append(day)
  }

  /// Records that the current line names a host, or a tracking id, that belongs to no site.
  mutating func addUnknownHost(_ host: String) {
    unknownHosts[host, default: []].append(Int32(outcomes.count))
  }

  /// Counts an excluded line, which gets into none of the arrays.
  mutating func exclude(_ key: OutcomeKey) {
    if excluded.counts.isEmpty { numbers = (0..<Int32(lines)).map { $0 } }
    excluded.add(key)
  }

  /// Returns the number within the chunk, from 0, of a line of the arrays.
  func number(ofLine line: Int) -> Int {
    numbers.isEmpty ? line : Int(numbers[line])
  }

  /// Returns the buffer, which is then the caller's alone to reuse.
  mutating func takeBuffer() -> Chunk {
    let taken = buffer
    buffer = .none
    return taken
  }
}

import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import LogInput
import PrivacyPipeline
import StatsStore

/// Takes the parsed lines of chunks through classifier and pipeline. For one thread.
struct ChunkCounter {
  var pipeline: Pipeline
  var signals = SignalReader()
  var proxies: TrustedProxies
  var events: EventMatcher
  var body = CollectBody()
  var siteIDs: [UInt32] = []
  /// The rules of each site; nil where it has none.
  var filters: [LineFilter?] = []
  var classifiers: [LineClassifier] = []
  var request = CollectRequest()
  /// The line counted last.
  var line = LogLine()
  /// What stands for its client.
  var clientHash = ClientHash.none
  let trace: StageTrace?
  /// Takes requests in place of the pipeline; nil where they are counted.
  let converter: RequestConverter?
  private let reading: LineReading
  /// Of how many lines clients are looked for together.
  private static let linesAtOnce = 16
  private let selection: LineSelection

  /// A counter of no lines yet.
  ///
  /// - Parameters:
  ///   - selection: the rules of all sites.
  ///   - trace: told what each stage says of each line; nil where nobody asks.
  ///   - converter: takes requests in place of the pipeline; nil where they are counted.
  /// - Throws: ``RuleMistake`` where memory does not suffice.
  init(
    surroundings: Pipeline.Environment, selection: LineSelection, events: EventRules, reading: LineReading,
    trace: StageTrace? = nil, converter: RequestConverter? = nil
  ) throws {
    pipeline = Pipeline(surroundings)
    pipeline.trace = trace
    self.trace = trace
    self.converter = converter
    self.events = EventMatcher(events)
    self.selection = selection
    self.reading = reading
    proxies = reading.proxies
    try addNewSites()
  }

  /// Takes in the sites that have been made since it was last called.
  mutating func addNewSites() throws {
    for site in pipeline.sites[siteIDs.count...] {
      let rules = selection.rules(ofSite: site.host)
      siteIDs.append(site.id)
      filters.append(try LineFilter(rules))
      classifiers.append(LineClassifier(assetExtensions: rules.assets))
    }
  }

  /// Counts all lines of a chunk.
  ///
  /// - Throws: what the salt vault throws.
  mutating func count(_ read: consuming FileChunk) throws -> ChunkResult {
    read.parse(reading)
    let chunk = read.chunk
    var counted = ChunkResult(file: read.file, sequence: read.sequence, format: read.format.name, buffer: .none)
    counted.bytesRead = read.bytesRead
    counted.isResumed = read.isResumed
    counted.firstUses = read.firstUses
    counted.advice = read.advice
    counted.overlongLines = chunk.overlongLines
    reserve(&counted, chunk)
    pipeline.startBatch()
    let bytes = chunk.bytes.span
    counted.known = read.known
    counted.blockIDs = read.blockIDs
    let parsed = read.parsed ?? []
    let clients = read.clients
    var number = 0
    for stretch in read.stretches {
      if reading.readsRequests {
        for index in stretch.new { try addRequest(bytes, read.lines[index], now: reading.now, &counted) }
      } else {
        for index in stretch.new {
          if number % Self.linesAtOnce == 0 {
            pipeline.expect(clients.span.extracting(number..<min(number + Self.linesAtOnce, clients.count)))
          }
          line = parsed[number].fields
          clientHash = clients[number]
          try add(parsed[number].malformed, bytes, read.lines[index], read.fileSite, &counted)
          number += 1
        }
      }
      if let known = stretch.known { addKnown(known, read.lines, &counted) }
    }
    counted.buffer = chunk
    return counted
  }

  /// Adds lines that are known: all that the books need of them was kept when they were new.
  private func addKnown(_ found: KnownLines, _ lines: [ScannedLine], _ counted: inout ChunkResult) {
    for line in lines[found.lines] {
      counted.hashes.append(line.hash)
      counted.times.append(Ledger.noTime)
    }
    for entry in found.books.entries {
      for _ in 0..<entry.lines { append(.alreadyImported, site: entry.site, day: entry.day, to: &counted) }
    }
  }

  private func reserve(_ counted: inout ChunkResult, _ chunk: borrowing Chunk) {
    let lines = chunk.count / 100
    counted.hashes.reserveCapacity(lines)
    counted.times.reserveCapacity(lines)
    counted.days.reserveCapacity(lines)
    counted.sites.reserveCapacity(lines)
    counted.outcomes.reserveCapacity(lines)
    counted.batch.reserve(hits: lines / 4, notes: lines / 2)
  }

  /// Adds what the ledger needs of a line.
  func note(_ line: ScannedLine, at time: UInt32, _ counted: inout ChunkResult) {
    if !counted.leftOut.counts.isEmpty { counted.numbers.append(Int32(counted.allLines)) }
    counted.hashes.append(line.hash)
    counted.times.append(time)
  }

  func append(_ outcome: Outcome, site: UInt32, day: Int32, to counted: inout ChunkResult) {
    counted.outcomes.append(outcome)
    counted.sites.append(site)
    counted.days.append(day)
  }

  /// Notes that a line's way ends at a stage.
  func ended(_ stage: String, _ outcome: Outcome) -> Outcome {
    trace?.note(stage, outcome)
    return outcome
  }
}

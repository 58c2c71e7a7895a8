import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import LogInput
import PrivacyPipeline
import StatsStore

// To follow a line: `count` takes the parsed lines of a chunk one by one. `addLine` (+Logs) finds the line's site and
// client and applies the operator's rules; `outcome` (+Outcomes) classifies the line and sends what counts through the
// pipeline. `addRequest` (+Requests) does the same for a line that is a collect request already.

/// Counts the lines of chunks: takes each through rules, classifier and pipeline to its outcome. For one thread.
struct ChunkCounter {
  var pipeline: Pipeline
  var signals = SignalReader()
  var proxies: TrustedProxies
  var events: EventMatcher
  var body = CollectBody()
  /// The ids in the database of the pipeline's sites.
  var siteIDs: [UInt32] = []
  /// The rules of each site; nil if it has none.
  var filters: [LineFilter?] = []
  var classifiers: [LineClassifier] = []
  /// The request made of the current line; its buffer is reused.
  var request = CollectRequest()
  /// The fields of the current line.
  var line = LogLine()
  /// The keyed hash of the current line's client.
  var clientHash = ClientHash.none
  /// The number of the current line's client; nil if it is a robot's, or if nobody asked who it is.
  var client: Int?
  let trace: StageTrace?
  /// Takes requests instead of the pipeline; nil if they are counted.
  let converter: RequestConverter?
  let reading: LineReading
  private let selection: LineSelection
  /// The number of lines whose clients are prefetched together.
  private static let linesAtOnce = 16

  /// Creates a counter.
  ///
  /// - Parameters:
  ///   - selection: the rules of all sites.
  ///   - trace: records what each stage does with each line, for `footfall explain`; nil otherwise.
  ///   - converter: takes requests instead of the pipeline, for `footfall convert`; nil if they are counted.
  /// - Throws: ``RuleMistake`` if memory does not suffice.
  init(
    environment: Pipeline.Environment, selection: LineSelection, events: EventRules, reading: LineReading,
    trace: StageTrace? = nil, converter: RequestConverter? = nil
  ) throws {
    pipeline = Pipeline(environment)
    pipeline.trace = trace
    self.trace = trace
    self.converter = converter
    self.events = EventMatcher(events)
    self.selection = selection
    self.reading = reading
    proxies = reading.proxies
    try addNewSites()
  }

  /// Adds the rules of sites that were created since the last call.
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
    var result = ChunkResult(read)
    result.reserve(lines: chunk.count / 100)
    pipeline.startBatch()
    let bytes = chunk.bytes.span
    let parsed = read.parsed ?? []
    let clients = read.clients
    var number = 0
    for segment in read.segments {
      if reading.readsRequests {
        for index in segment.new { try addRequest(bytes, read.lines[index], now: reading.now, &result) }
      } else {
        for index in segment.new {
          if number % Self.linesAtOnce == 0 {
            pipeline.expect(clients.span.extracting(number..<min(number + Self.linesAtOnce, clients.count)))
          }
          line = parsed[number].fields
          clientHash = clients[number]
          try addLine(parsed[number].malformed, bytes, read.lines[index], read.fileSite, &result)
          number += 1
        }
      }
      if let known = segment.known { addKnown(known, read.lines, &result) }
    }
    result.buffer = chunk
    return result
  }

  /// Adds known lines: the ledger kept what the books need of them when they were new.
  private func addKnown(_ found: KnownLines, _ lines: [ScannedLine], _ result: inout ChunkResult) {
    for line in lines[found.lines] {
      result.hashes.append(line.hash)
      result.times.append(Ledger.noTime)
    }
    for entry in found.books.entries {
      for _ in 0..<entry.lines { result.append(.alreadyImported, site: entry.site, day: entry.day) }
    }
  }

  /// Records in the trace that a line ends at a stage, and returns its outcome.
  func ended(_ stage: String, _ outcome: Outcome) -> Outcome {
    trace?.note(stage, outcome)
    return outcome
  }
}

import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LogInput
import PrivacyPipeline
import StatsStore

/// Takes the lines of chunks through parser, classifier and pipeline. One per worker thread; it shares nothing.
struct ChunkCounter {
  private let hasher: LineHasher
  private var pipeline: Pipeline
  private let classifier = LineClassifier()
  private var signals = SignalReader()
  private let zone: LocalCalendar
  private var proxies: TrustedProxies
  private var events: EventMatcher
  private let siteIDs: [UInt32]
  private var request = CollectRequest()
  /// The line counted last.
  private(set) var line = LogLine()
  private let trace: StageTrace?

  /// A counter for one worker.
  ///
  /// - Parameter trace: told what each stage says of each line; nil where nobody asks.
  init(
    surroundings: Pipeline.Surroundings, events: EventRules, hasher: LineHasher, reading: LineReading,
    trace: StageTrace? = nil
  ) {
    pipeline = Pipeline(surroundings)
    pipeline.trace = trace
    self.trace = trace
    self.events = EventMatcher(events)
    siteIDs = surroundings.sites.profiles.map(\.id)
    self.hasher = hasher
    zone = reading.zone
    proxies = reading.proxies
  }

  /// Counts all lines of a chunk.
  ///
  /// - Throws: what the salt vault throws.
  mutating func count(_ job: consuming ParseJob) throws -> CountedChunk {
    let format = job.format
    let chunk = job.chunk
    var counted = CountedChunk(file: job.file, sequence: job.sequence, format: format.name, buffer: .none)
    counted.bytesRead = job.bytesRead
    counted.isResumed = job.isResumed
    counted.advice = job.advice
    counted.overlongLines = chunk.overlongLines
    reserve(&counted, chunk)
    pipeline.startBatch()
    var parser = LineParser(format, zone: zone)
    var scanner = LineScanner(0..<chunk.count)
    let bytes = chunk.bytes.span
    while let range = scanner.next(in: bytes) {
      counted.hashes.append(hasher.hash(bytes, range))
      let malformed = parser.parse(bytes, range, into: &line)
      try add(malformed, bytes, &counted)
    }
    counted.buffer = chunk
    return counted
  }

  private func reserve(_ counted: inout CountedChunk, _ chunk: borrowing Chunk) {
    let lines = chunk.count / 100
    counted.hashes.reserveCapacity(lines)
    counted.times.reserveCapacity(lines)
    counted.days.reserveCapacity(lines)
    counted.sites.reserveCapacity(lines)
    counted.outcomes.reserveCapacity(lines)
  }

  /// Adds day, site and outcome of the line just parsed, and its hit if it counts.
  private mutating func add(
    _ malformed: MalformedLine?, _ bytes: Span<UInt8>, _ counted: inout CountedChunk
  ) throws {
    if let malformed {
      trace?.note("read line", Outcome(malformed))
      counted.times.append(Ledger.noTime)
      append(Outcome(malformed), site: 0, day: OutcomeKey.noDay, to: &counted)
      return
    }
    counted.times.append(UInt32(clamping: line.timestamp))
    guard let found = pipeline.locate(host: bytes, line.host, at: line.timestamp) else {
      trace?.note("find site", .unknownSite)
      counted.unknownHosts[HostName.canonical(bytes, line.host), default: []].append(Int32(counted.outcomes.count))
      append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: line.timestamp), to: &counted)
      return
    }
    append(
      try outcome(at: found, bytes, &counted), site: siteIDs[found.site], day: found.moment.day, to: &counted)
  }

  private func append(_ outcome: Outcome, site: UInt32, day: Int32, to counted: inout CountedChunk) {
    counted.outcomes.append(outcome)
    counted.sites.append(site)
    counted.days.append(day)
  }

  private mutating func outcome(
    at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>, _ counted: inout CountedChunk
  ) throws -> Outcome {
    if place.moment.isSealed { return ended("day", .late) }
    if place.moment.isOutOfRange { return ended("day", .outOfRange) }
    line.address = proxies.client(bytes, peer: line.address, forwarded: line.forwarded)
    let outcome = try requestOutcome(at: place, bytes, &counted)
    guard Self.mayBeEvent(outcome), let rule = events.rule(for: line, bytes) else { return outcome }
    trace?.note("event rule", nil, rule.name)
    let event = try process(.event, rule, at: place, bytes, &counted)
    guard outcome == .pageview else { return event }
    // A rule takes no page view away: such a line is both, and in the books as the page view it is.
    if event == .event { counted.batch.hits[counted.batch.hits.count - 1].kind = .eventOfPageview }
    return outcome
  }

  /// Whether a line with this outcome can make an event: what ended as a robot's or the like was asked already.
  private static func mayBeEvent(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .pageview, .method, .asset, .status: true
    default: false
    }
  }

  /// Notes that a line's way ends at a stage.
  private func ended(_ stage: String, _ outcome: Outcome) -> Outcome {
    trace?.note(stage, outcome)
    return outcome
  }

  /// The outcome of a line by what it asks for, whatever the event rules say of it.
  private mutating func requestOutcome(
    at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>, _ counted: inout CountedChunk
  ) throws -> Outcome {
    let kind = classifier.classify(bytes, method: line.method, target: line.target, status: line.status)
    if let signal = signals.signal(kind, bytes, target: line.target, status: line.status) {
      try note(signal, at: place, bytes, &counted)
    }
    switch kind {
    case .method: return ended("classify", .method)
    case .part, .asset: return ended("classify", .asset)
    case .status: return ended("classify", .status)
    case .page:
      trace?.note("classify", nil, "a page")
      return try process(.pageview, nil, at: place, bytes, &counted)
    case .notFound:
      trace?.note("classify", .status, "a page that is not there; kept for the list of these")
      // The line itself is not counted whatever the pipeline says of it; a person's lost page is kept as a signal.
      _ = try process(.notFound, nil, at: place, bytes, &counted)
      return .status
    }
  }

  /// Notes what the line says of its visitor's behaviour.
  private mutating func note(
    _ signal: Signal, at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>,
    _ counted: inout CountedChunk
  ) throws {
    // Of who asks not to be tracked nothing is kept.
    if line.asksNotToBeTracked { return }
    let client = pipeline.client(bytes, address: line.address, agent: line.userAgent, at: place)
    if pipeline.isNew(client) {
      request.removeAll()
      request.set(.ip, bytes, line.address)
      request.set(.userAgent) { Unescaping.append(bytes, line.userAgent, line.escapes, to: &$0) }
      try pipeline.judge(client, by: request, at: place, into: &counted.batch)
    }
    pipeline.note(signal, of: client, at: place, line: Int32(counted.outcomes.count), into: &counted.batch)
  }

  private mutating func process(
    _ kind: CollectRequest.Kind, _ event: EventRule?, at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>,
    _ counted: inout CountedChunk
  ) throws -> Outcome {
    request.removeAll()
    request.kind = kind
    request.timestamp = line.timestamp
    request.set(.host, bytes, line.host)
    request.asksNotToBeTracked = line.asksNotToBeTracked
    request.set(.ip, bytes, line.address)
    request.set(.url) { line.appendURL(bytes, to: &$0) }
    request.set(.referrer) { Unescaping.append(bytes, line.referrer, line.escapes.ofReferrers, to: &$0) }
    request.set(.userAgent) { Unescaping.append(bytes, line.userAgent, line.escapes, to: &$0) }
    if let event { EventMatcher.write(event, of: line, bytes, into: &request) }
    let client = pipeline.client(bytes, address: line.address, agent: line.userAgent, at: place)
    return try pipeline.process(request, of: client, line: Int32(counted.outcomes.count), into: &counted.batch)
  }
}

extension Outcome {
  /// The outcome of a line that is no line of its format.
  init(_ reason: MalformedLine) {
    self =
      switch reason {
      case .empty: .malformedEmpty
      case .comment: .malformedComment
      case .tooLong: .malformedTooLong
      case .binary: .malformedBinary
      case .address: .malformedAddress
      case .time: .malformedTime
      case .request: .malformedRequest
      case .status: .malformedStatus
      case .size: .malformedSize
      case .quote: .malformedQuote
      case .fieldMissing: .malformedFieldMissing
      case .trailing: .malformedTrailing
      case .syntax: .malformedSyntax
      }
  }
}

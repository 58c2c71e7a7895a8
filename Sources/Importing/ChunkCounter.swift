import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import LogInput
import PrivacyPipeline
import StatsStore

/// Takes the lines of chunks through parser, classifier and pipeline. One per worker thread; it shares nothing.
struct ChunkCounter {
  private let hasher: LineHasher
  private var pipeline: Pipeline
  private var signals = SignalReader()
  private let zone: LocalCalendar
  private var proxies: TrustedProxies
  private var events: EventMatcher
  private let selection: LineSelection
  private var siteIDs: [UInt32] = []
  /// The rules of each site; nil where it has none.
  private var filters: [LineFilter?] = []
  private var classifiers: [LineClassifier] = []
  private var request = CollectRequest()
  /// The line counted last.
  private(set) var line = LogLine()
  private let trace: StageTrace?

  /// A counter for one worker.
  ///
  /// - Parameters:
  ///   - selection: the rules of all sites.
  ///   - trace: told what each stage says of each line; nil where nobody asks.
  /// - Throws: ``RuleMistake`` where memory does not suffice.
  init(
    surroundings: Pipeline.Surroundings, selection: LineSelection, events: EventRules, hasher: LineHasher,
    reading: LineReading, trace: StageTrace? = nil
  ) throws {
    pipeline = Pipeline(surroundings)
    pipeline.trace = trace
    self.trace = trace
    self.events = EventMatcher(events)
    self.selection = selection
    self.hasher = hasher
    zone = reading.zone
    proxies = reading.proxies
    try addNewSites()
  }

  /// Takes in the sites that have been made since it was last called.
  private mutating func addNewSites() throws {
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
      let malformed = parser.parse(bytes, range, into: &line)
      try add(malformed, bytes, range, job.fileSite, &counted)
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

  /// Adds hash, time, day, site and outcome of the line just parsed, and its hit if it counts.
  private mutating func add(
    _ malformed: MalformedLine?, _ bytes: Span<UInt8>, _ range: Range<Int>, _ fileSite: Int?,
    _ counted: inout CountedChunk
  ) throws {
    if let malformed {
      trace?.note("read line", Outcome(malformed))
      note(bytes, range, at: Ledger.noTime, &counted)
      append(Outcome(malformed), site: 0, day: OutcomeKey.noDay, to: &counted)
      return
    }
    let time = UInt32(clamping: line.timestamp)
    let place = try pipeline.locate(
      bytes, host: line.host, target: line.target, fileSite: fileSite, at: line.timestamp)
    guard let found = place else {
      trace?.note("find site", .unknownSite)
      note(bytes, range, at: time, &counted)
      counted.unknownHosts[HostName.canonical(bytes, line.host), default: []].append(Int32(counted.outcomes.count))
      append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: line.timestamp), to: &counted)
      return
    }
    if found.site >= siteIDs.count { try addNewSites() }
    line.address = proxies.client(bytes, peer: line.address, forwarded: line.forwarded)
    if let reason = reasonToLeaveOut(found.site, found.moment, bytes) {
      trace?.note("choose lines", reason)
      counted.leaveOut(OutcomeKey(site: siteIDs[found.site], day: found.moment.day, outcome: reason))
      return
    }
    note(bytes, range, at: time, &counted)
    append(
      try outcome(at: found, bytes, &counted), site: siteIDs[found.site], day: found.moment.day, to: &counted)
  }

  /// Why a line is treated as if it did not stand in the log; nil where it is not.
  private mutating func reasonToLeaveOut(_ site: Int, _ moment: LocalMoment, _ bytes: Span<UInt8>) -> Outcome? {
    if moment.isOutOfRange { return .outOfRange }
    return filters[site]?.leavesOut(bytes, line.ruledFields) ?? false ? .excluded : nil
  }

  /// Adds what the ledger needs of a line.
  private func note(_ bytes: Span<UInt8>, _ range: Range<Int>, at time: UInt32, _ counted: inout CountedChunk) {
    if !counted.leftOut.counts.isEmpty { counted.numbers.append(Int32(counted.allLines)) }
    counted.hashes.append(hasher.hash(bytes, range))
    counted.times.append(time)
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
    let kind = kind(ofLineOf: place.site, bytes)
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

  private mutating func kind(ofLineOf site: Int, _ bytes: Span<UInt8>) -> LineClassifier.Class {
    if filters[site]?.isPageview(bytes, line.ruledFields) ?? false { return .page }
    return classifiers[site].classify(bytes, method: line.method, target: line.target, status: line.status)
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
    return try pipeline.process(
      request, of: client, line: Int32(counted.outcomes.count), site: place.site, into: &counted.batch)
  }
}

extension LogLine {
  /// The fields that rules look at.
  fileprivate var ruledFields: LineFields {
    LineFields(host: host, method: method, target: target, agent: userAgent, address: address, status: status)
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

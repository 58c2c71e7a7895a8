import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import LogInput
import PrivacyPipeline
import StatsStore

// Lines of logs.
extension ChunkCounter {
  /// Adds hash, time, day, site and outcome of the line just parsed, and its hit if it counts.
  mutating func add(
    _ malformed: MalformedLine?, _ bytes: Span<UInt8>, _ scanned: ScannedLine, _ fileSite: Int?,
    _ counted: inout ChunkResult
  ) throws {
    if let malformed {
      trace?.note("read line", Outcome(malformed))
      note(scanned, at: Ledger.noTime, &counted)
      append(Outcome(malformed), site: 0, day: OutcomeKey.noDay, to: &counted)
      return
    }
    let time = UInt32(clamping: line.timestamp)
    // A target with a scheme names its host; where that is none of the site's, somebody was looking for an open proxy.
    let hasHost = !line.host.isEmpty
    let target = line.target.lowerBound
    let isForeign = try target < line.target.upperBound && bytes[target] != Byte.slash && isForeignTarget(bytes)
    let place = try pipeline.locate(
      bytes, host: line.host, target: line.target, fileSite: fileSite, at: line.timestamp)
    guard let found = isForeign ? nil : place else {
      trace?.note("find site", .unknownSite)
      note(scanned, at: time, &counted)
      // Who probes for a proxy may name an address of their own, which is nobody else's to see.
      let host = !hasHost && isAddress(bytes, line.host) ? "(an address)" : HostName.canonical(bytes, line.host)
      counted.unknownHosts[host, default: []].append(Int32(counted.outcomes.count))
      append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: line.timestamp), to: &counted)
      return
    }
    if found.site >= siteIDs.count { try addNewSites() }
    let address = proxies.client(bytes, peer: line.address, forwarded: line.forwarded)
    if !line.forwarded.isEmpty { trace?.note("choose client", nil, Self.reason(ofChoosing: address, line)) }
    if address != line.address {
      line.address = address
      clientHash = pipeline.hash(bytes, address: address, agent: line.userAgent)
    }
    if let reason = reasonToLeaveOut(found.site, found.moment, bytes) {
      trace?.note("choose lines", reason)
      counted.leaveOut(OutcomeKey(site: siteIDs[found.site], day: found.moment.day, outcome: reason))
      return
    }
    note(scanned, at: time, &counted)
    append(
      try outcome(at: found, bytes, &counted), site: siteIDs[found.site], day: found.moment.day, to: &counted)
  }

  private func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var address = ClientAddress()
    address.read(bytes, range)
    return address.kind != .name
  }

  /// Why a forwarded address is the client, or is not.
  private static func reason(ofChoosing address: Range<Int>, _ line: LogLine) -> String {
    if address == line.address {
      return line.address.isEmpty
        ? "the forwarded addresses are none"
        : "the peer: it is no trusted proxy, so what it forwarded is not believed (--trusted-proxy)"
    }
    return "a forwarded address: the peer is a trusted proxy, and this is the last one that is none"
  }

  /// Whether the target names a host that is none of the site's; where the line has no other host, that is the target's.
  private mutating func isForeignTarget(_ bytes: Span<UInt8>) throws -> Bool {
    guard line.host.isEmpty else { return false }
    line.host = RequestTarget.parts(of: bytes, line.target).host
    return try !line.host.isEmpty && pipeline.isForeign(bytes, host: line.host)
  }

  /// Why a line is treated as if it did not stand in the log; nil where it is not.
  private mutating func reasonToLeaveOut(_ site: Int, _ moment: LocalMoment, _ bytes: Span<UInt8>) -> Outcome? {
    if moment.isOutOfRange { return .outOfRange }
    guard hasFilter(site) else { return nil }
    return filters[site]?.leavesOut(bytes, line.ruledFields) ?? false ? .excluded : nil
  }

  /// Whether a site has rules, told without taking hold of them: nearly no site has.
  private func hasFilter(_ site: Int) -> Bool {
    filters.span[site] != nil
  }

  private mutating func outcome(
    at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>, _ counted: inout ChunkResult
  ) throws -> Outcome {
    if place.moment.isSealed { return ended("day", .late) }
    let outcome = try requestOutcome(at: place, bytes, &counted)
    guard Self.mayBeEvent(outcome), events.mayFit(bytes, method: line.method, status: line.status),
      let rule = events.rule(for: line, bytes)
    else { return outcome }
    trace?.note("event rule", nil, rule.name)
    // A robot's page view is no event besides; the pipeline has told that of counted lines.
    if converter != nil, outcome == .pageview, pipeline.isRobot(request) { return outcome }
    let event = try process(.event, rule, at: place, bytes, &counted)
    guard outcome == .pageview else { return event }
    // A rule takes no page view away: such a line is both, and in the books as the page view it is.
    if event == .event, converter == nil {
      counted.batch.hits[counted.batch.hits.count - 1].kind = .eventOfPageview
    }
    return outcome
  }

  /// Whether a line with this outcome can make an event: what ended as a robot's or the like was asked already.
  private static func mayBeEvent(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .pageview, .method, .asset, .status: true
    default: false
    }
  }

  /// The outcome of a line by what it asks for, whatever the event rules say of it.
  private mutating func requestOutcome(
    at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>, _ counted: inout ChunkResult
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
    _ counted: inout ChunkResult
  ) throws {
    // Of who asks not to be tracked nothing is kept; what is converted tells of page views and events alone.
    if line.asksNotToBeTracked || converter != nil { return }
    let client = pipeline.client(clientHash, at: place)
    if pipeline.isNew(client) {
      request.removeAll()
      request.set(.ip, bytes, line.address)
      setAgent(bytes)
      try pipeline.judge(client, by: request, at: place, into: &counted.batch)
    }
    pipeline.note(signal, of: client, at: place, line: Int32(counted.outcomes.count), into: &counted.batch)
  }

  /// Copies the agent, which is done for clients that are new only.
  private mutating func setAgent(_ bytes: Span<UInt8>) {
    request.set(.userAgent) { Unescaping.append(bytes, line.userAgent, line.escapes, to: &$0) }
  }

  private mutating func kind(ofLineOf site: Int, _ bytes: Span<UInt8>) -> LineClassifier.Class {
    if hasFilter(site), filters[site]?.isPageview(bytes, line.ruledFields) ?? false { return .page }
    return Self.classify(bytes, method: line.method, target: line.target, status: line.status, &classifiers[site])
  }

  /// Asks a classifier where it lies: who reads it out of the array takes hold of its tables, and lets go, for each line.
  private static func classify(
    _ bytes: Span<UInt8>, method: Range<Int>, target: Range<Int>, status: Int, _ classifier: inout LineClassifier
  ) -> LineClassifier.Class {
    classifier.classify(bytes, method: method, target: target, status: status)
  }

  private mutating func process(
    _ kind: CollectRequest.Kind, _ event: EventRule?, at place: (site: Int, moment: LocalMoment), _ bytes: Span<UInt8>,
    _ counted: inout ChunkResult
  ) throws -> Outcome {
    request.removeAll()
    request.kind = kind
    request.timestamp = line.timestamp
    request.set(.host, bytes, line.host)
    request.asksNotToBeTracked = line.asksNotToBeTracked
    request.set(.ip, bytes, line.address)
    request.set(.url) { line.appendURL(bytes, to: &$0) }
    request.set(.referrer) { Unescaping.append(bytes, line.referrer, line.escapes.ofReferrers, to: &$0) }
    if let event { EventMatcher.write(event, of: line, bytes, into: &request) }
    if let converter {
      setAgent(bytes)
      return converter.take(request, of: pipeline.sites[place.site])
    }
    let client = pipeline.client(clientHash, at: place)
    if pipeline.isNew(client) {
      setAgent(bytes)
    }
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
      case .part: .part
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

import AccessLog
import Collecting
import Hits
import LineRules
import PrivacyPipeline

// What counts of a line: its class, its signal, its way through the pipeline, and events made of it.
extension ChunkCounter {
  /// Returns the outcome of the current line and adds its hit if it counts.
  mutating func outcome(
    at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) throws -> Outcome {
    if place.moment.isSealed { return ended("day", .late) }
    if let robot = try robot(at: place, bytes, &result) {
      if converter == nil { note(robot, at: place, bytes, &result) }
      return robot.outcome
    }
    let outcome = try requestOutcome(at: place, bytes, &result)
    guard Self.canBeEvent(outcome), events.mayFit(bytes, method: line.method, status: line.status),
      let rule = events.rule(for: line, bytes)
    else { return outcome }
    trace?.note("event rule", nil, rule.name)
    // A robot's page view makes no event. Whoever counts the converted requests finds most robots.
    if converter != nil, outcome == .pageview, pipeline.robot(sending: request) != nil { return outcome }
    let event = try process(.event, rule, at: place, bytes, &result)
    guard outcome == .pageview else { return event }
    // An event rule never removes a page view: such a line is both, and counts as a page view in the books.
    if event == .event, converter == nil {
      result.batch.hits[result.batch.hits.count - 1].kind = .eventOfPageview
    }
    return outcome
  }

  /// Whether an event rule can apply to a line with this outcome. Robots and invalid requests have ended before.
  private static func canBeEvent(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .pageview, .method, .asset, .status: true
    default: false
    }
  }

  /// Returns the outcome of the line without event rules.
  private mutating func requestOutcome(
    at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) throws -> Outcome {
    let kind = classify(bytes, site: place.site)
    if let signal = signals.signal(
      kind, bytes, target: line.target, status: line.status, lacksReferrer: line.lacksReferrer)
    {
      try add(signal, at: place, bytes, &result)
    }
    switch kind {
    case .method: return ended("classify", .method)
    case .part, .asset: return ended("classify", .asset)
    case .status: return ended("classify", .status)
    case .page:
      trace?.note("classify", nil, "a page")
      return try process(.pageview, nil, at: place, bytes, &result)
    case .notFound:
      trace?.note("classify", .status, "a page that does not exist; kept for the list of missing pages")
      // Whatever the pipeline says, the line does not count; a person's missing page is kept as a hit of its own kind.
      _ = try process(.notFound, nil, at: place, bytes, &result)
      return .status
    }
  }

  /// Returns the class of the line by method, target and status, or by a rule of the site that makes it a page view.
  private mutating func classify(_ bytes: Span<UInt8>, site: Int) -> LineClassifier.Class {
    if hasFilter(site), filters[site]?.isPageview(bytes, line.ruledFields) ?? false { return .page }
    return Self.classify(bytes, line, &classifiers[site])
  }

  /// Calls the classifier in place: a copy out of the array would retain and release its tables for each line.
  private static func classify(
    _ bytes: Span<UInt8>, _ line: LogLine, _ classifier: inout LineClassifier
  ) -> LineClassifier.Class {
    classifier.classify(bytes, method: line.method, target: line.target, status: line.status)
  }

  /// Adds a signal of the line's visitor, unless the visitor asks not to be tracked. Conversion keeps no signals.
  private mutating func add(
    _ signal: Signal, at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) throws {
    guard let client else { return }
    pipeline.note(signal, of: client, at: place, line: Int32(result.outcomes.count), into: &result.batch)
  }

  /// Makes a request of the line and sends it through the pipeline, or to the converter.
  private mutating func process(
    _ kind: CollectRequest.Kind, _ event: EventRule?, at place: SiteMoment, _ bytes: Span<UInt8>,
    _ result: inout ChunkResult
  ) throws -> Outcome {
    request.removeAll()
    request.kind = kind
    request.timestamp = line.timestamp
    request.set(.host, bytes, line.host)
    request.asksNotToBeTracked = line.asksNotToBeTracked
    request.lacksReferrer = line.lacksReferrer
    request.isNotModified = line.status == 304
    request.set(.ip, bytes, line.address)
    request.set(.url) { line.appendURL(bytes, to: &$0) }
    request.set(.referrer) { Unescaping.append(bytes, line.referrer, line.escapes.ofReferrers, to: &$0) }
    if let event {
      var pages = pipeline.namer(ofSite: place.site)
      let isOwn = pipeline.isHost(ofSite: place.site)
      EventMatcher.write(event, of: line, bytes, pages: &pages, isOwn: isOwn, into: &request)
    }
    if let converter {
      copyAgent(bytes)
      return converter.take(request, of: pipeline.sites[place.site], pages: pipeline.namer(ofSite: place.site))
    }
    if trace != nil || client == nil { copyAgent(bytes) }
    return try pipeline.process(
      request, of: client, line: Int32(result.outcomes.count), site: place.site, into: &result.batch)
  }

  /// Copies the user agent into the request, to judge it or to explain the verdict.
  mutating func copyAgent(_ bytes: Span<UInt8>) {
    request.set(.userAgent) { Unescaping.append(bytes, line.userAgent, line.escapes, to: &$0) }
  }
}

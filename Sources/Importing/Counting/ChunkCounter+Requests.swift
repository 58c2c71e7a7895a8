import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import PrivacyPipeline
import StatsStore

// Lines that are collect requests: a JSON object each.
extension ChunkCounter {
  /// Adds the request in a line: its hash, time, day, site and outcome, and its hit if it counts.
  ///
  /// - Parameter now: the time of requests without a timestamp, in Unix seconds.
  mutating func addRequest(
    _ bytes: Span<UInt8>, _ scanned: ScannedLine, now: Int64, _ result: inout ChunkResult
  ) throws {
    let range = scanned.range
    if Self.isBlank(bytes, range) {
      result.add(scanned, at: Ledger.noTime)
      result.append(.malformedEmpty, site: 0, day: OutcomeKey.noDay)
      return
    }
    if let broken = body.read(bytes, range, now: now, into: &request).first {
      result.add(scanned, at: Ledger.noTime)
      result.brokenRules[Int32(result.outcomes.count)] = broken
      result.append(Outcome(broken.field), site: 0, day: OutcomeKey.noDay)
      return
    }
    // The copy shares the buffer, so that its bytes can be read while the pipeline runs.
    let request = self.request
    let time = UInt32(clamping: request.timestamp)
    let id = request[.trackingID]
    guard let place = pipeline.locate(trackingID: request.bytes.span, id, at: request.timestamp) else {
      result.add(scanned, at: time)
      let id = String(decoding: request.bytes[id], as: UTF8.self)
      result.addUnknownHost(id)
      result.append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: request.timestamp))
      return
    }
    if let reason = exclusion(request, place.site, place.moment) {
      result.exclude(OutcomeKey(site: siteIDs[place.site], day: place.moment.day, outcome: reason))
      return
    }
    result.add(scanned, at: time)
    result.append(
      try outcome(of: request, at: place, &result), site: siteIDs[place.site], day: place.moment.day)
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] > Byte.space { return false }
    return true
  }

  /// The outcome of a request that a rule or a period excludes; nil if it is not excluded. It has no method or status.
  private mutating func exclusion(
    _ request: borrowing CollectRequest, _ site: Int, _ moment: LocalMoment
  ) -> Outcome? {
    if moment.isOutOfRange { return .outOfRange }
    let fields = LineFields(
      host: RequestTarget.parts(of: request.bytes.span, request[.url]).host, method: 0..<0,
      target: request[.pathname], agent: request[.userAgent], address: request[.ip], status: -1)
    return filters[site]?.excludes(request.bytes.span, fields) ?? false ? .excluded : nil
  }

  private mutating func outcome(
    of request: borrowing CollectRequest, at place: SiteMoment, _ result: inout ChunkResult
  ) throws -> Outcome {
    if place.moment.isSealed { return .late }
    return try pipeline.process(
      request, line: Int32(result.outcomes.count), site: place.site, into: &result.batch)
  }
}

extension Outcome {
  /// The outcome of a body with an invalid field.
  init(_ field: BrokenRule.Field) {
    self =
      switch field {
      case .body: .malformedSyntax
      case .type: .invalidType
      case .trackingID: .invalidTrackingID
      case .url: .invalidURL
      case .pathname: .invalidPathname
      case .referrer: .invalidReferrer
      case .ip: .invalidIP
      case .userAgent: .invalidUserAgent
      case .utmSource: .invalidUTMSource
      case .utmMedium: .invalidUTMMedium
      case .utmCampaign: .invalidUTMCampaign
      case .utmContent: .invalidUTMContent
      case .utmTerm: .invalidUTMTerm
      case .timestamp: .invalidTimestamp
      case .name: .invalidName
      case .props: .invalidProps
      }
  }
}

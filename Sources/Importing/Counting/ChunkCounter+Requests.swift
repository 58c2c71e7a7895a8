import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import PrivacyPipeline
import StatsStore

// Collect requests, a JSON object a line.
extension ChunkCounter {
  /// Adds hash, time, day, site and outcome of the request in a line, and its hit if it counts.
  ///
  /// - Parameter now: the time of requests that name none, in Unix seconds.
  mutating func addRequest(
    _ bytes: Span<UInt8>, _ scanned: ScannedLine, now: Int64, _ counted: inout ChunkResult
  ) throws {
    let range = scanned.range
    if Self.isBlank(bytes, range) {
      note(scanned, at: Ledger.noTime, &counted)
      append(.malformedEmpty, site: 0, day: OutcomeKey.noDay, to: &counted)
      return
    }
    if let broken = body.read(bytes, range, now: now, into: &request).first {
      note(scanned, at: Ledger.noTime, &counted)
      counted.brokenRules[Int32(counted.outcomes.count)] = broken
      append(Outcome(broken.field), site: 0, day: OutcomeKey.noDay, to: &counted)
      return
    }
    // A copy shares the buffer; its bytes may be looked at while the pipeline works.
    let request = self.request
    let time = UInt32(clamping: request.timestamp)
    let id = request[.trackingID]
    guard let place = pipeline.locate(trackingID: request.bytes.span, id, at: request.timestamp) else {
      note(scanned, at: time, &counted)
      let id = String(decoding: request.bytes[id], as: UTF8.self)
      counted.unknownHosts[id, default: []].append(Int32(counted.outcomes.count))
      append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: request.timestamp), to: &counted)
      return
    }
    if let reason = reasonToLeaveOut(request, place.site, place.moment) {
      counted.leaveOut(OutcomeKey(site: siteIDs[place.site], day: place.moment.day, outcome: reason))
      return
    }
    note(scanned, at: time, &counted)
    append(
      try outcome(of: request, at: place, &counted), site: siteIDs[place.site], day: place.moment.day, to: &counted)
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] > Byte.space { return false }
    return true
  }

  /// Why a request is treated as if it were not there; nil where it is not. It has neither method nor status.
  private mutating func reasonToLeaveOut(
    _ request: borrowing CollectRequest, _ site: Int, _ moment: LocalMoment
  ) -> Outcome? {
    if moment.isOutOfRange { return .outOfRange }
    let fields = LineFields(
      host: RequestTarget.parts(of: request.bytes.span, request[.url]).host, method: 0..<0,
      target: request[.pathname], agent: request[.userAgent], address: request[.ip], status: -1)
    return filters[site]?.leavesOut(request.bytes.span, fields) ?? false ? .excluded : nil
  }

  private mutating func outcome(
    of request: borrowing CollectRequest, at place: (site: Int, moment: LocalMoment), _ counted: inout ChunkResult
  ) throws -> Outcome {
    if place.moment.isSealed { return .late }
    return try pipeline.process(
      request, line: Int32(counted.outcomes.count), site: place.site, into: &counted.batch)
  }
}

extension Outcome {
  /// The outcome of a body that breaks a rule for a field.
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

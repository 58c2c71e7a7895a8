import AccessLog
import ByteScanning
import Collecting
import Hits
import Ledger
import LineRules
import PrivacyPipeline
import StatsStore

// Lines of logs: their site, their client and the operator's rules. What counts of them is in +Outcomes.
extension ChunkCounter {
  /// Adds the line just parsed: its hash, time, day, site and outcome, and its hit if it counts.
  mutating func addLine(
    _ malformed: MalformedLine?, _ bytes: Span<UInt8>, _ scanned: ScannedLine, _ fileSite: Int?,
    _ result: inout ChunkResult
  ) throws {
    if let malformed {
      trace?.note("read line", Outcome(malformed))
      result.add(scanned, at: Ledger.noTime)
      result.append(Outcome(malformed), site: 0, day: OutcomeKey.noDay)
      return
    }
    let time = UInt32(clamping: line.timestamp)
    guard let place = try findSite(bytes, fileSite, &result) else {
      result.add(scanned, at: time)
      result.append(.unknownSite, site: 0, day: LocalCalendar.utc.day(at: line.timestamp))
      return
    }
    if place.site >= siteIDs.count { try addNewSites() }
    chooseClient(bytes)
    if let reason = exclusion(at: place, bytes) {
      trace?.note("choose lines", reason)
      result.exclude(OutcomeKey(site: siteIDs[place.site], day: place.moment.day, outcome: reason))
      return
    }
    result.add(scanned, at: time)
    result.append(try outcome(at: place, bytes, &result), site: siteIDs[place.site], day: place.moment.day)
  }

  /// Returns the site and local moment of the line; nil, with its host recorded as unknown, if it has no site.
  private mutating func findSite(
    _ bytes: Span<UInt8>, _ fileSite: Int?, _ result: inout ChunkResult
  ) throws -> SiteMoment? {
    let hasHost = !line.host.isEmpty
    let target = line.target.lowerBound
    let isForeign = try target < line.target.upperBound && bytes[target] != Byte.slash && isForeignTarget(bytes)
    let found = try pipeline.locate(
      bytes, host: line.host, target: line.target, fileSite: fileSite, at: line.timestamp)
    if !isForeign, let found { return found }
    trace?.note("find site", .unknownSite, line.host.isEmpty ? "the line has no host; name its site with --site" : "")
    // A probe for an open proxy may name its sender's own address, which must not be shown.
    let host = !hasHost && isAddress(bytes, line.host) ? "(an address)" : HostName.canonical(bytes, line.host)
    result.addUnknownHost(host)
    return nil
  }

  /// Whether the target names a host that is not the site's: such a request looks for an open proxy. If the line has no other
  /// host, the target's becomes the line's.
  private mutating func isForeignTarget(_ bytes: Span<UInt8>) throws -> Bool {
    guard line.host.isEmpty else { return false }
    line.host = RequestTarget.parts(of: bytes, line.target).host
    return try !line.host.isEmpty && pipeline.isForeign(bytes, host: line.host)
  }

  private func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var address = ClientAddress()
    address.read(bytes, range)
    return address.kind != .name
  }

  /// Replaces the peer by the forwarded address if the peer is a trusted proxy.
  private mutating func chooseClient(_ bytes: Span<UInt8>) {
    let address = proxies.client(bytes, peer: line.address, forwarded: line.forwarded)
    if !line.forwarded.isEmpty { trace?.note("choose client", nil, Self.reason(forChoosing: address, line)) }
    guard address != line.address else { return }
    line.address = address
    clientHash = pipeline.hash(bytes, address: address, agent: line.userAgent)
  }

  /// Why a forwarded address is the client, or is not.
  private static func reason(forChoosing address: Range<Int>, _ line: LogLine) -> String {
    if address == line.address {
      return line.address.isEmpty
        ? "no forwarded address is valid"
        : "the peer: it is not a trusted proxy, so its forwarded addresses are ignored (--trusted-proxy)"
    }
    return "a forwarded address: the peer is a trusted proxy, and this is the last address that is not one"
  }

  /// The outcome of a line that a rule or a period excludes; nil if it is not excluded.
  private mutating func exclusion(at place: SiteMoment, _ bytes: Span<UInt8>) -> Outcome? {
    if place.moment.isOutOfRange { return .outOfRange }
    guard hasFilter(place.site) else { return nil }
    return filters[place.site]?.excludes(bytes, line.ruledFields) ?? false ? .excluded : nil
  }

  /// Whether a site has rules; few have. Reading the span does not retain the rules.
  func hasFilter(_ site: Int) -> Bool {
    filters.span[site] != nil
  }
}

extension LogLine {
  /// The fields that rules can refer to.
  var ruledFields: LineFields {
    LineFields(host: host, method: method, target: target, agent: userAgent, address: address, status: status)
  }
}

extension Outcome {
  /// The outcome of a malformed line.
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

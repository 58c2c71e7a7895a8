import ByteScanning

/// Parses the bodies of collect requests: one JSON object each, by the rules of the API's contract (docs/api.md).
///
/// Each thread has its own reader. It reuses its memory from body to body, and its size does not depend on a body's
/// nesting or number of fields. Unknown fields are checked as JSON and skipped.
public struct CollectBody: Sendable {
  /// The end of the time that logs and files of requests may cover: the start of the year 2100, in Unix seconds.
  public static let endOfTime: Int64 = 4_102_444_800

  /// The last second that a timestamp may have, in Unix seconds. A live server moves it with the clock.
  public var latest: Int64
  private var seen: UInt32 = 0
  private var declared: CollectRequest.Kind?
  private var broken: [BrokenRule] = []
  private var scratch: [UInt8] = []

  /// Creates a reader of bodies.
  public init(latest: Int64 = endOfTime - 1) {
    self.latest = latest
  }

  /// Parses the body in `range`.
  ///
  /// If the body has no `ip`, the request's is empty; a caller that knows the client's address sets it afterwards.
  /// - Parameters:
  ///   - kind: the kind that the endpoint accepts. If nil, the body's `type` decides, or, without a `type`, whether
  ///     it has a `name`, which only events have.
  ///   - now: the timestamp of a body without one, in Unix seconds.
  ///   - request: receives the request; meaningless if a rule is broken.
  /// - Returns: the broken rules, in the order of the fields; empty for a valid body.
  public mutating func read(
    _ bytes: Span<UInt8>, _ range: Range<Int>, as kind: CollectRequest.Kind? = nil, now: Int64,
    into request: inout CollectRequest
  ) -> [BrokenRule] {
    request.removeAll()
    request.timestamp = now
    seen = 0
    declared = nil
    broken.removeAll(keepingCapacity: true)
    guard Self.isUTF8(bytes, range) else { return [BrokenRule(.body, .unicode)] }
    do throws(JSONFault) {
      try readObject(bytes, range, &request)
    } catch {
      return [BrokenRule(.body, Self.rule(error))]
    }
    request.kind = kind ?? declared ?? (has(.name) ? .event : .pageview)
    if let kind, let declared, kind != declared { note(.type, .kind) }
    check(request)
    return broken.count > 1 ? broken.sorted { $0.field.rawValue < $1.field.rawValue } : broken
  }

  private static func isUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.extracting(range))
      return true
    } catch {
      return false
    }
  }

  private static func rule(_ fault: JSONFault) -> BrokenRule.Rule {
    switch fault {
    case .syntax: .object
    case .surrogate: .surrogates
    case .depth: .depth
    }
  }

  private func has(_ field: BrokenRule.Field) -> Bool { seen >> field.rawValue & 1 == 1 }

  private mutating func note(_ field: BrokenRule.Field, _ rule: BrokenRule.Rule) {
    broken.append(BrokenRule(field, rule))
  }
}

// The fields, in the order of the body.
extension CollectBody {
  private mutating func readObject(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ request: inout CollectRequest
  ) throws(JSONFault) {
    var reader = JSONReader(range)
    reader.skipBlanks(bytes)
    if try reader.open(Byte.openBrace, Byte.closeBrace, bytes) {
      repeat {
        try readMember(&reader, bytes, &request)
      } while try reader.isMore(before: Byte.closeBrace, bytes)
    }
    reader.skipBlanks(bytes)
    guard reader.isAtEnd else { throw .syntax }
  }

  private mutating func readMember(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ request: inout CollectRequest
  ) throws(JSONFault) {
    guard let field = try field(bytes, try reader.name(bytes)) else { return try reader.skipValue(bytes) }
    let start = reader.position
    if has(field) {
      note(field, .once)
      return try reader.skipValue(bytes)
    }
    if reader.peek(bytes) == Byte.quote {
      let text = try reader.string(bytes)
      // An empty text counts as missing.
      if text.text.isEmpty, field.target != nil { return }
      seen |= 1 << field.rawValue
      try take(text, of: field, bytes, &request)
      return
    }
    try reader.skipValue(bytes)
    // A field that is null counts as missing.
    if bytes[start] == UInt8(ascii: "n") { return }
    seen |= 1 << field.rawValue
    take(start..<reader.position, of: field, bytes, &request)
  }

  /// Returns the field with this name; nil for unknown names.
  private mutating func field(
    _ bytes: Span<UInt8>, _ name: (text: Range<Int>, hasEscapes: Bool)
  ) throws(JSONFault) -> BrokenRule.Field? {
    guard name.hasEscapes else { return Self.field(bytes, name.text) }
    scratch.removeAll(keepingCapacity: true)
    try JSONText.append(bytes, name, keepsControls: true, to: &scratch)
    return Self.field(scratch.span, scratch.indices)
  }

  private static func field(_ bytes: Span<UInt8>, _ name: Range<Int>) -> BrokenRule.Field? {
    for (text, field) in names where JSONReader.isSame(bytes, name, text) { return field }
    return nil
  }

  private static let names = BrokenRule.Field.allCases.filter { $0 != .body }.map { (Array($0.text.utf8), $0) }

  private mutating func take(
    _ text: (text: Range<Int>, hasEscapes: Bool), of field: BrokenRule.Field, _ bytes: Span<UInt8>,
    _ request: inout CollectRequest
  ) throws(JSONFault) {
    scratch.removeAll(keepingCapacity: true)
    try JSONText.append(bytes, text, keepsControls: !field.isCampaign, to: &scratch)
    switch field {
    case .type:
      declared = Self.kind(scratch)
      if declared == nil { note(.type, .kind) }
    case .timestamp: note(.timestamp, .seconds)
    case .props: note(.props, .flat)
    default:
      guard let target = field.target else { return }
      if field.isCampaign { QueryParameters.trimAndCut(&scratch, from: 0) }
      request.set(target, scratch.span, scratch.indices)
    }
  }

  private static func kind(_ text: [UInt8]) -> CollectRequest.Kind? {
    if text.elementsEqual("pageview".utf8) { return .pageview }
    return text.elementsEqual("event".utf8) ? .event : nil
  }

  /// Stores a value that is not a string.
  private mutating func take(
    _ value: Range<Int>, of field: BrokenRule.Field, _ bytes: Span<UInt8>, _ request: inout CollectRequest
  ) {
    switch field {
    case .timestamp:
      guard let seconds = JSONNumber.whole(bytes, value), (0...latest).contains(seconds) else {
        return note(.timestamp, .seconds)
      }
      request.timestamp = seconds
    case .props:
      guard bytes[value.lowerBound] == Byte.openBrace else { return note(.props, .flat) }
      request.set(.props, bytes, value)
    default: note(field, .text)
    }
  }
}

// The rules, checked once all fields are read.
extension CollectBody {
  private mutating func check(_ request: borrowing CollectRequest) {
    for field in [BrokenRule.Field.trackingID, .url, .pathname] where !has(field) { note(field, .required) }
    if request.kind == .event {
      if !has(.name) { note(.name, .required) }
    } else {
      // Fields of events are ignored here.
      broken.removeAll { $0.field == .name || $0.field == .props }
    }
    let bytes = request.bytes.span
    if !request[.trackingID].isEmpty, !Validation.isTrackingID(bytes, request[.trackingID]) {
      note(.trackingID, .trackingID)
    }
    if let first = request[.pathname].first, bytes[first] != Byte.slash { note(.pathname, .path) }
    if !request[.ip].isEmpty, !isAddress(bytes, request[.ip]) { note(.ip, .address) }
    if request.kind == .event { checkEvent(request) }
  }

  private mutating func checkEvent(_ request: borrowing CollectRequest) {
    let bytes = request.bytes.span
    if !request[.name].isEmpty, let rule = Validation.rule(brokenByName: bytes, request[.name]) { note(.name, rule) }
    if let rule = Validation.rule(brokenByProps: bytes, request[.props]) { note(.props, rule) }
  }

  private mutating func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    scratch.removeAll(keepingCapacity: true)
    return InternetAddress.appendIPv4(bytes, range, to: &scratch)
      || InternetAddress.appendIPv6(bytes, range, to: &scratch)
  }
}

extension BrokenRule.Field {
  /// The field of a request that stores the text; nil for fields that are not texts.
  fileprivate var target: CollectRequest.Field? {
    switch self {
    case .trackingID: .trackingID
    case .url: .url
    case .pathname: .pathname
    case .referrer: .referrer
    case .ip: .ip
    case .userAgent: .userAgent
    case .utmSource: .utmSource
    case .utmMedium: .utmMedium
    case .utmCampaign: .utmCampaign
    case .utmContent: .utmContent
    case .utmTerm: .utmTerm
    case .name: .name
    case .body, .type, .timestamp, .props: nil
    }
  }

  /// Whether it is a campaign field. Those are stored like those of a query: trimmed and truncated.
  fileprivate var isCampaign: Bool { (Self.utmSource.rawValue...Self.utmTerm.rawValue).contains(rawValue) }
}

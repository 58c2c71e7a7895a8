import ByteScanning

/// Reads the bodies of collect requests: one JSON object each, by the rules of the API's contract (docs/api.md).
///
/// One per thread; it keeps its memory from body to body, and what it needs of it hangs on no body's nesting or number
/// of fields. Fields it does not know are checked as JSON and passed over.
public struct CollectBody: Sendable {
  /// The end of the time that logs and files of requests may tell of: the start of the year 2100, in Unix seconds.
  public static let endOfTime: Int64 = 4_102_444_800

  /// The last second that a timestamp may name, in Unix seconds; whoever takes requests live moves it with the clock.
  public var latest: Int64
  private var seen: UInt32 = 0
  private var declared: CollectRequest.Kind?
  private var broken: [BrokenRule] = []
  private var scratch: [UInt8] = []

  /// A reader of bodies.
  public init(latest: Int64 = endOfTime - 1) {
    self.latest = latest
  }

  /// Reads the body in `range`.
  ///
  /// Where the body names no `ip`, the request's is empty; a caller who knows the client's address sets it then.
  /// - Parameters:
  ///   - kind: what the address the body was sent to asks for; nil where the body's `type` tells, or without one its
  ///     `name`, which only events have.
  ///   - now: the timestamp of a body that names none, in Unix seconds.
  ///   - request: becomes the request; of no use where a rule is broken.
  /// - Returns: the rules that are broken, in the order of the fields; empty for a valid body.
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

// The fields, as they come.
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
      // A text that is empty is not there.
      if text.text.isEmpty, field.target != nil { return }
      seen |= 1 << field.rawValue
      try take(text, of: field, bytes, &request)
      return
    }
    try reader.skipValue(bytes)
    // A field that is null is not there.
    if bytes[start] == UInt8(ascii: "n") { return }
    seen |= 1 << field.rawValue
    take(start..<reader.position, of: field, bytes, &request)
  }

  /// The field of a name; nil for names of no meaning here.
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

  /// Takes a value that is no text.
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

// The rules, once all fields are there.
extension CollectBody {
  private mutating func check(_ request: borrowing CollectRequest) {
    for field in [BrokenRule.Field.trackingID, .url, .pathname] where !has(field) { note(field, .required) }
    if request.kind == .event {
      if !has(.name) { note(.name, .required) }
    } else {
      // Fields of events mean nothing here.
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
  /// The field of a request that takes the text; nil for fields that are no texts.
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

  /// Whether it is one of the campaign's, which are kept as those of a query are: trimmed and cut.
  fileprivate var isCampaign: Bool { (Self.utmSource.rawValue...Self.utmTerm.rawValue).contains(rawValue) }
}

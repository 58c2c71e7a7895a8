import AccessLog
import ByteScanning
import Collecting
import PageNames
import PrivacyPipeline
import Redaction

/// Finds the event rule that a line matches, and writes the event of the rule.
struct EventMatcher {
  private let rules: EventRules
  private var target: [UInt8] = []
  private var path: [UInt8] = []

  init(_ rules: EventRules) {
    self.rules = rules
  }

  /// Returns whether a rule may apply to a line with that method and status. For most lines, none does.
  func mayFit(_ bytes: Span<UInt8>, method: Range<Int>, status: Int) -> Bool {
    rules.mayFit(bytes, method: method, status: status)
  }

  /// Returns the rule for a line that passed ``mayFit(_:method:status:)``; nil if its path matches none.
  mutating func rule(for line: LogLine, _ bytes: Span<UInt8>) -> EventRule? {
    var raw = line.target.lowerBound
    while raw < line.target.upperBound, bytes[raw] != Byte.questionMark, bytes[raw] != Byte.numberSign { raw += 1 }
    let plain = line.target.lowerBound..<raw
    if !plain.isEmpty, bytes[plain.lowerBound] == Byte.slash, Pathname.isNormal(bytes, plain) {
      return rules.rule(bytes, method: line.method, status: line.status, path: bytes, plain).map { rules.rules[$0] }
    }
    target.removeAll(keepingCapacity: true)
    path.removeAll(keepingCapacity: true)
    line.appendURL(bytes, to: &target)
    let target = self.target
    guard Pathname.append(target.span, RequestTarget.parts(of: target.span, 0..<target.count).path, to: &path) else {
      return nil
    }
    let found = rules.rule(bytes, method: line.method, status: line.status, path: path.span, 0..<path.count)
    return found.map { rules.rules[$0] }
  }

  /// Turns a request whose other fields are set into an event.
  ///
  /// - Parameter pages: gives the pages of the line's site their names.
  static func write(
    _ rule: EventRule, of line: LogLine, _ bytes: Span<UInt8>, pages: inout PageNamer,
    isOwn: (String) -> Bool, into request: inout CollectRequest
  ) {
    request.kind = .event
    request.set(.name) { $0.append(contentsOf: rule.name.utf8) }
    guard !rule.properties.isEmpty else { return }
    var json = FlatJSON()
    for property in rule.properties {
      switch property.value {
      case .text(let text): json.add(property.name, text: Array(text.utf8))
      case .word(let word): json.add(property.name, word: word)
      case .status: json.add(property.name, word: String(line.status))
      case .path, .query, .referrer, .host, .method:
        if let text = field(property.value, line, bytes, request, &pages, isOwn) {
          json.add(property.name, text: text)
        }
      }
    }
    let text = json.text
    request.set(.props) { $0.append(contentsOf: text) }
  }

  /// Returns the bytes of a field of the line; nil for a missing parameter or a referrer without a host.
  private static func field(
    _ value: EventRule.Value, _ line: LogLine, _ bytes: Span<UInt8>, _ request: borrowing CollectRequest,
    _ pages: inout PageNamer, _ isOwn: (String) -> Bool
  ) -> [UInt8]? {
    let parts = RequestTarget.parts(of: request.bytes.span, request[.url])
    switch value {
    case .path: return page(request, parts.path, parts.query, &pages)
    case .query(let name): return parameter(name, request, parts.query)
    case .referrer: return referrer(request, &pages, isOwn)
    case .host: return Array(HostName.canonical(bytes, line.host).utf8)
    case .method: return line.method.map { bytes[$0] }
    case .text, .word, .status: return nil
    }
  }

  private static func page(
    _ request: borrowing CollectRequest, _ path: Range<Int>, _ query: Range<Int>, _ pages: inout PageNamer
  ) -> [UInt8] {
    var page: [UInt8] = []
    let bytes = request.bytes.span
    pages.append(bytes.extracting(path), query: bytes.extracting(query), to: &page)
    return page
  }

  private static func parameter(
    _ name: String, _ request: borrowing CollectRequest, _ query: Range<Int>
  ) -> [UInt8]? {
    let bytes = request.bytes.span
    var parameters = QueryParameters(query)
    while let pair = parameters.next(in: bytes) {
      guard request.bytes[pair.name].elementsEqual(name.utf8) else { continue }
      var value: [UInt8] = []
      QueryParameters.appendDecoded(bytes, pair.value, to: &value)
      return value
    }
    return nil
  }

  /// Returns host and path of the referrer. The site's own pages have their names, without parameters of the query.
  private static func referrer(
    _ request: borrowing CollectRequest, _ pages: inout PageNamer, _ isOwn: (String) -> Bool
  ) -> [UInt8]? {
    let bytes = request.bytes.span
    let host = HostName.ofReferrer(bytes, request[.referrer])
    guard !host.isEmpty else { return nil }
    let parts = RequestTarget.parts(of: bytes, request[.referrer])
    var path: [UInt8] = []
    if isOwn(host) {
      pages.append(bytes.extracting(parts.path), query: Span(), to: &path)
    } else if Pathname.append(bytes, parts.path, to: &path) {
      _ = pages.redactor.redactPath(&path, from: 0)
    }
    return Array(host.utf8) + (path == [Byte.slash] ? [] : path)
  }
}

/// Writes a flat JSON object, in the form in which the collect API takes the properties of an event.
struct FlatJSON {
  private var body: [UInt8] = []

  /// The object; `{}` without properties.
  var text: [UInt8] { [UInt8(ascii: "{")] + body + [UInt8(ascii: "}")] }

  /// Adds a text without its control characters.
  mutating func add(_ name: String, text: [UInt8]) {
    begin(name)
    append(quoted: text)
  }

  /// Adds a number, `true` or `false`.
  mutating func add(_ name: String, word: String) {
    begin(name)
    body.append(contentsOf: word.utf8)
  }

  private mutating func begin(_ name: String) {
    if !body.isEmpty { body.append(Byte.comma) }
    append(quoted: Array(name.utf8))
    body.append(Byte.colon)
  }

  private mutating func append(quoted text: [UInt8]) {
    body.append(Byte.quote)
    for byte in text where byte >= 0x20 && byte != 0x7F {
      if byte == Byte.quote || byte == Byte.backslash { body.append(Byte.backslash) }
      body.append(byte)
    }
    body.append(Byte.quote)
  }
}

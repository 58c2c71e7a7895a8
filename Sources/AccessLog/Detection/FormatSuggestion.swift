import ByteScanning
import Hits

/// Derives a text for `--format` from lines that no known format fits, by what their fields look like.
///
/// The text is a suggestion for the operator to check and to pass on. It is never used automatically.
enum FormatSuggestion {
  /// Returns a text that fits most of the lines; nil if none can be derived.
  static func text(_ sample: DetectionSample) -> String? {
    if let text = keys(sample) { return text }
    for chain in [[]] + chains(sample) {
      guard let text = columns(sample, behind: chain) else { continue }
      return chain.map { $0.rawValue + "+" }.joined() + text
    }
    return nil
  }

  /// Returns the envelopes to try: those that the first line may have, except JSON.
  private static func chains(_ sample: DetectionSample) -> [[Envelope]] {
    guard let line = sample.isLine.indices.first(where: { sample.isLine[$0] }) else { return [] }
    return sample.envelopes(ofLine: line).filter { !$0.contains(.json) }
  }

  // MARK: Columns

  private static func columns(_ sample: DetectionSample, behind chain: [Envelope]) -> String? {
    var shapes: [[LineToken.Shape]: [[LineToken]]] = [:]
    var times = TimeReader(zone: .utc)
    for (index, range) in sample.ranges.prefix(300).enumerated() where sample.isLine[index] {
      var text = range
      for envelope in chain { text = envelope.content(sample.bytes.span, text, &times)?.text ?? text }
      let tokens = LineToken.all(sample.bytes.span, text)
      // Values inside of an object are escaped and in no fixed order.
      if tokens.contains(where: { $0.beginsObject(sample.bytes.span) }) { return nil }
      shapes[tokens.map(\.shape), default: []].append(tokens)
    }
    guard let lines = shapes.values.max(by: { $0.count < $1.count }), lines.count > 1 || shapes.count == 1 else {
      return nil
    }
    let columns = ColumnNames(lines, sample.bytes.span)
    guard let text = columns.text, let format = try? NginxFormat.compile(text, name: "suggested") else { return nil }
    return fits(chain.reversed().reduce(format) { $0.behind($1) }, sample) ? text : nil
  }

  /// Whether a format fits most lines and finds plausible values in them.
  private static func fits(_ format: LogFormat, _ sample: DetectionSample) -> Bool {
    let candidate = sample.score(format).candidate
    return candidate.doubt == nil && candidate.fitting * 10 >= sample.lines * 7
      && candidate.clients * 2 >= candidate.fitting
  }

  // MARK: Keys

  /// Returns `json:FIELD=KEY,…` for objects with unknown keys, and `ltsv:FIELD=LABEL,…` for unknown labels.
  private static func keys(_ sample: DetectionSample) -> String? {
    var counts: [String: KindCounts] = [:]
    var order: [String] = []
    var times = TimeReader(zone: .utc)
    let span = sample.bytes.span
    var areObjects: Bool?
    for (index, range) in sample.ranges.prefix(50).enumerated() where sample.isLine[index] {
      let isObject = span[range.lowerBound] == Byte.openBrace
      guard areObjects == nil || isObject == areObjects else { return nil }
      areObjects = isObject
      for (key, value) in LineKeys.values(span, range) {
        let kind = ofKey(span, value, &times)
        if kind == .none { continue }
        if counts[key] == nil { order.append(key) }
        counts[key, default: KindCounts()].add(kind)
      }
    }
    let fields: [(String, (KindCounts) -> Bool)] = [
      ("time", { $0.share(.time) > 0.9 }),
      // A backend's address comes before the client's in some logs.
      ("address", { $0.share(.address) > 0.9 && $0.share(.innerAddress) < 0.9 }),
      ("address", { $0.share(.address) > 0.9 }), ("request", { $0.share(.request) > 0.5 }),
      ("method", { $0.share(.method) > 0.9 }), ("target", { $0.share(.target) > 0.9 }),
      ("status", { $0.share(.status) > 0.9 }), ("agent", { $0.share(.agent) > 0.5 }),
      ("referrer", { $0.share(.url) > 0.5 }), ("host", { $0.share(.host) > 0.9 }),
      ("forwarded", { $0.share(.addresses) > 0.5 }),
    ]
    var pairs: [String] = []
    var taken = Set<String>()
    for (field, fits) in fields where !pairs.contains(where: { $0.hasPrefix(field + "=") }) {
      guard let key = order.first(where: { !taken.contains($0) && counts[$0].map(fits) ?? false }) else { continue }
      taken.insert(key)
      pairs.append("\(field)=\(key)")
    }
    let text = (areObjects == true ? "json:" : "ltsv:") + pairs.joined(separator: ",")
    guard pairs.count > 3, let format = try? FormatText.format(text) else { return nil }
    return fits(format, sample) ? text : nil
  }

  /// Returns what the value of a key looks like. A key for the protocol or a level is not one for agent or method.
  private static func ofKey(_ bytes: Span<UInt8>, _ value: Range<Int>, _ times: inout TimeReader) -> ValueKind {
    var kind = ValueKind.of(bytes, value, &times)
    if ByteSearch.matches(scheme, in: bytes, at: value.lowerBound, before: value.upperBound) { kind.remove(.agent) }
    if !ValueKind.isKnownMethod(bytes, value) { kind.remove(.method) }
    return kind
  }

  private static let scheme = Array("HTTP/".utf8)
}

/// How many values look like what.
private struct KindCounts {
  private var lines = 0
  private var counts = [Int](repeating: 0, count: 13)

  mutating func add(_ kind: ValueKind) {
    lines += 1
    for bit in counts.indices where kind.rawValue >> bit & 1 == 1 { counts[bit] += 1 }
  }

  /// The share of the values that look like this.
  func share(_ kind: ValueKind) -> Double {
    lines == 0 ? 0 : Double(counts[kind.rawValue.trailingZeroBitCount]) / Double(lines)
  }
}

/// A part of a line between blanks, quotes or brackets.
struct LineToken {
  /// What encloses it.
  enum Shape: Hashable {
    case bare, quoted, bracketed
  }

  var shape: Shape
  /// Where its value is, without quotes and brackets.
  var range: Range<Int>

  /// Whether a JSON object begins in it.
  func beginsObject(_ bytes: Span<UInt8>) -> Bool {
    guard shape == .bare else { return false }
    let brace = ByteSearch.firstIndex(of: Byte.openBrace, in: bytes, from: range.lowerBound, to: range.upperBound)
    return brace + 1 < range.upperBound && bytes[brace + 1] == Byte.quote
  }

  /// Returns the tokens of a line. A date and a clock time with a blank between them are one token.
  static func all(_ bytes: Span<UInt8>, _ line: Range<Int>) -> [LineToken] {
    var tokens: [LineToken] = []
    var index = line.lowerBound
    while index < line.upperBound {
      index = EnvelopeText.afterBlanks(bytes, index, line.upperBound)
      guard index < line.upperBound else { break }
      let token = next(bytes, index, line.upperBound)
      index = token.range.upperBound + (token.shape == .bare ? 0 : 1)
      if let last = tokens.last, last.shape == .bare, token.shape == .bare, isOneTime(bytes, last.range, token.range) {
        tokens[tokens.count - 1].range = last.range.lowerBound..<token.range.upperBound
      } else {
        tokens.append(token)
      }
    }
    return tokens
  }

  private static func next(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> LineToken {
    let closing: [UInt8: (UInt8, Shape)] = [
      Byte.quote: (Byte.quote, .quoted), Byte.openBracket: (Byte.closeBracket, .bracketed),
    ]
    if let (close, shape) = closing[bytes[start]] {
      var index = start + 1
      while index < end {
        let isEnd = index + 1 == end || bytes[index + 1] == Byte.space
        if bytes[index] == close, isEnd, !LineParser.isEscaped(bytes, index, from: start + 1) {
          return LineToken(shape: shape, range: start + 1..<index)
        }
        index += 1
      }
    }
    return LineToken(
      shape: .bare, range: start..<ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: end))
  }

  /// Whether a word continues the time that begins in the word before it: a clock time after a date, an offset
  /// after a clock time.
  private static func isOneTime(_ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>) -> Bool {
    if isDate(bytes, first) {
      return CivilTime.clock(bytes, second.lowerBound, before: second.upperBound) != nil
    }
    guard second.count == 5, first.count >= 19,
      CivilTime.offset(bytes, second.lowerBound, before: second.upperBound)?.end == second.upperBound
    else { return false }
    var times = TimeReader(zone: .utc)
    return times.read(.standard, [], bytes, at: first.lowerBound, before: first.upperBound)?.end == first.upperBound
  }

  private static func isDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count == 10 && CivilTime.number(bytes, start, 4, before: range.upperBound) != nil
      && (bytes[start + 4] == Byte.hyphen || bytes[start + 4] == Byte.slash)
  }
}

/// Names fields by what they contain.
private struct ColumnNames {
  private let shapes: [LineToken.Shape]
  /// For each field, the number of values of each kind.
  private var counts: [[Int]] = []
  private var lines: Int
  private var names: [Int: String] = [:]

  init(_ lines: [[LineToken]], _ bytes: Span<UInt8>) {
    shapes = lines[0].map(\.shape)
    self.lines = lines.count
    var times = TimeReader(zone: .utc)
    counts = shapes.map { _ in [Int](repeating: 0, count: 13) }
    for tokens in lines {
      for (column, token) in tokens.enumerated() {
        let kind = ValueKind.of(bytes, token.range, &times)
        for bit in 0..<13 where kind.rawValue >> bit & 1 == 1 { counts[column][bit] += 1 }
      }
    }
    name()
  }

  /// The text; nil if a field is missing that is required for counting.
  var text: String? {
    let found = Set(names.values)
    guard found.contains("time_local"), found.contains("status"),
      found.contains("request") || found.contains("request_uri")
    else { return nil }
    var number = 0
    return shapes.indices.map { column in
      let name: String
      if let known = names[column] {
        name = "$" + known
      } else {
        number += 1
        name = "$other\(number)"
      }
      switch shapes[column] {
      case .bare: return name
      case .quoted: return "\"\(name)\""
      case .bracketed: return "[\(name)]"
      }
    }.joined(separator: " ")
  }

  private func share(_ kind: ValueKind, _ column: Int) -> Double {
    let values = lines - counts[column][0]
    return values == 0 ? 0 : Double(counts[column][kind.rawValue.trailingZeroBitCount]) / Double(values)
  }

  private mutating func name() {
    give("time_local", first { shapes[$0] == .bracketed && share(.time, $0) > 0.9 } ?? first { share(.time, $0) > 0.9 })
    if let request = first({ share(.request, $0) > 0.5 }) {
      give("request", request)
    } else if let method = first({ share(.method, $0) > 0.5 }) {
      give("request_method", method)
      give("request_uri", first { $0 > method && share(.target, $0) > 0.5 })
    } else {
      give("request_uri", first { share(.target, $0) > 0.8 })
    }
    let request = names.first { $0.value == "request" || $0.value == "request_uri" }?.key ?? 0
    give("status", first { $0 > request && share(.status, $0) > 0.9 } ?? first { share(.status, $0) > 0.9 })
    let status = names.first { $0.value == "status" }?.key ?? 0
    give("body_bytes_sent", first { $0 > status && share(.number, $0) > 0.9 })
    nameClients()
    give("host", first { share(.host, $0) > 0.5 && share(.agent, $0) < 0.1 && share(.url, $0) < 0.1 })
    // A protocol looks like a product with its version, but it is not quoted.
    let quoted = rest.filter { shapes[$0] == .quoted }
    let agent = quoted.max { share(.agent, $0) < share(.agent, $1) }.flatMap { share(.agent, $0) > 0.3 ? $0 : nil }
    give("http_user_agent", agent)
    nameReferrer(besides: agent)
  }

  /// Names the first field of addresses as the client. If they are private, a later field of public addresses is
  /// the forwarded client.
  private mutating func nameClients() {
    let columns = shapes.indices.filter { names[$0] == nil && share(.address, $0) + share(.addresses, $0) > 0.9 }
    guard let first = columns.first else { return }
    give("remote_addr", first)
    guard share(.innerAddress, first) > 0.9 else { return }
    give("http_x_forwarded_for", columns.dropFirst().first { share(.innerAddress, $0) < 0.5 })
  }

  /// Names the field with URLs as the referrer; if no line has a URL, the empty field before the user agent.
  private mutating func nameReferrer(besides agent: Int?) {
    if let column = first({ shapes[$0] == .quoted && share(.url, $0) > 0.5 }) { return give("http_referer", column) }
    guard let agent, agent > 0, names[agent - 1] == nil, counts[agent - 1][0] == lines else { return }
    give("http_referer", agent - 1)
  }

  private var rest: [Int] { shapes.indices.filter { names[$0] == nil } }

  private func first(_ isFitting: (Int) -> Bool) -> Int? { rest.first(where: isFitting) }

  private mutating func give(_ name: String, _ column: Int?) {
    if let column { names[column] = name }
  }
}

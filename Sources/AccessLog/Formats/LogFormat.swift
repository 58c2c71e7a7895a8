import ByteScanning

/// The format of a line, compiled into the steps that ``LineParser`` walks.
///
/// Presets and the texts of server configurations are all compiled to this form, so one parser serves them all. A
/// format is created once and read for every line: its steps contain no text, only places in ``literals`` and
/// ``keys``.
public struct LogFormat: Equatable, Sendable {
  /// A range of bytes in the format's literals.
  struct Literal: Equatable, Sendable {
    var start: Int32
    var count: Int32
  }

  /// One thing to read from a line.
  enum Step: Equatable, Sendable {
    // Lines as most servers write them, including what real logs contain against their own rules.

    /// The host before the client, as in `example.com:443 192.0.2.1 …`.
    case host
    /// The fields that all of them share: client, identity, user, time, request, status and size. They are one
    /// step, because a step for each would cost a branch that the processor often mispredicts.
    case common
    /// The same with the host instead of the identity, as lighttpd writes it.
    case commonWithHost
    /// The quoted referrer and the quoted user agent; each may be a bare `-`. The line may end before the referrer.
    /// What follows the user agent is skipped.
    case referrerAndAgent
    /// A quoted list of forwarded addresses, if one follows the user agent.
    case forwarded
    /// The end of the line.
    case end

    /// The step with this number in ``configured``. Those steps hold more data, and the common ones must stay small.
    case configured(UInt16)
  }

  /// One thing to read from a line of a configured format, of columns, or of keys.
  enum ConfiguredStep: Equatable, Sendable {
    /// These bytes.
    case literal(Literal)
    /// A field up to these bytes, which are skipped. Within quotes, an escaped quote does not end the field.
    case text(LogField, until: Literal, isQuoted: Bool)
    /// A field up to the end of the line.
    case rest(LogField)
    /// A column and the blank or tab after it. Quoted, bracketed and braced columns may contain blanks.
    case column(LogField)
    /// HAProxy's captured headers in braces, if any.
    case captures
    /// HAProxy's captured headers as quoted columns, up to the end of the line.
    case quotedCaptures
    /// A word of Squid's own: capital letters, underscores, and a colon between what Squid did and where the
    /// response came from.
    case cacheResult
    /// A JSON object.
    case object
    /// Labels and values: `time:…<TAB>host:…`.
    case labels
    /// Names and values separated by blanks: `method=GET path="/a b"`.
    case pairs
    /// A JSON object with a line of another format as one of its values, which is stored as the target.
    case envelope
    /// No text: rejects a line if neither the line nor its header contains a date.
    case knownDay
    /// No text: takes the envelope's time, and rejects a line without one.
    case envelopeTime
  }

  /// The name on the command line and in messages.
  public internal(set) var name: String
  private(set) var steps: [Step]
  /// The steps that ``Step/configured(_:)`` refers to.
  private(set) var configured: [ConfiguredStep] = []
  /// The bytes of literals and patterns.
  var literals: [UInt8] = []
  /// The keys of ``ConfiguredStep/object``, ``ConfiguredStep/pairs``, ``ConfiguredStep/envelope`` and
  /// ``ConfiguredStep/labels``.
  var keys = KeyTable()
  /// How values are escaped.
  var escapes = Escapes.server
  /// Whether a line `#Fields: …` names the columns of the lines after it.
  public internal(set) var isHeaderDriven = false
  /// The envelopes around the lines, the outermost first.
  public internal(set) var envelopes: [Envelope] = []
  /// Whether lines may also occur without the envelope.
  var envelopesAreOptional = false
  /// Whether clients may be host names, as in logs with many of them.
  public internal(set) var acceptsNames = false
  /// Whether several blanks in a row separate columns like a single one.
  var joinsBlanks = false
  /// Midnight of the day in the header, in Unix seconds.
  var headerDay: Int64 = 0
  /// The same if lines have no date of their own, else 0. Their times are added to it.
  var headerDate: Int64 = 0
  /// Formats that are tried on lines that do not match this one, for mixed logs.
  var others: [LogFormat] = []

  init(name: String, steps: [Step], escapes: Escapes = .server) {
    self.name = name
    self.steps = steps
    self.escapes = escapes
  }

  /// Whether lines contain the host they were sent to.
  public var hasHost: Bool {
    steps.contains(.host) || steps.contains(.commonWithHost) || configured.contains(where: \.mayTellHost)
  }

  /// Whether each line begins with a quote that belongs to the format.
  var startsWithQuote: Bool {
    guard case .literal(let literal) = configured.first, literal.count > 0 else { return false }
    return literals[Int(literal.start)] == Byte.quote
  }

  /// Whether it is common with fields of its own behind, such as HAProxy's.
  var readsRest: Bool { steps.contains(.common) && !configured.isEmpty }

  /// Whether lines may go on in any way behind its last field.
  var skipsRest: Bool { steps.contains(.common) && steps.contains(.referrerAndAgent) }

  /// The name of the format for a log without forwarded addresses.
  var nameWithoutForwarded: String {
    let suffix = "_forwarded"
    return steps.contains(.forwarded) && name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }

  /// The name of the format once it has read forwarded addresses; nil if it cannot read any or already has that name.
  public var nameWithForwarded: String? {
    steps.contains(.forwarded) && steps.contains(.common) && !name.hasSuffix("_forwarded") ? name + "_forwarded" : nil
  }

  /// The name of the format without its envelopes.
  var nameWithoutEnvelopes: Substring { name.split(separator: "+").last ?? "" }

  /// Returns the same format behind an envelope.
  public func behind(_ envelope: Envelope) -> LogFormat {
    var format = self
    // An optional envelope is replaced by the given one.
    format.envelopes = envelopesAreOptional ? [envelope] : [envelope] + envelopes
    format.envelopesAreOptional = false
    format.others = others.map { $0.behind(envelope) }
    format.name = Self.names(in: name).map { envelope.rawValue + "+" + $0 }.joined(separator: Self.separator)
    return format
  }

  /// The same format for a log whose clients are host names.
  public var acceptingNames: LogFormat {
    var format = self
    format.acceptsNames = true
    format.others = others.map(\.acceptingNames)
    return format
  }

  /// Whether its lines must be unwrapped before they can be read: extracted from JSON, or joined from parts.
  public var needsUnwrapping: Bool {
    envelopes.contains(.json) || envelopes.contains(.cri) || others.contains(where: \.needsUnwrapping)
  }

  /// Whether its lines are JSON objects, labels or pairs.
  var hasKeys: Bool { configured.contains { $0 == .object || $0 == .labels || $0 == .pairs } }

  /// Whether its lines may describe a request by the target alone.
  var mayImplyGET: Bool { impliesGET || hasKeys }

  /// Whether its lines describe a request by the target alone, which implies the method GET.
  var impliesGET: Bool {
    let fields = configured.compactMap(\.field)
    return fields.contains(.target) && !fields.contains(.method) && !fields.contains(.request)
  }

  /// Returns a mixed format that tries this one first, then the others in order.
  public func mixed(with others: [LogFormat]) -> LogFormat {
    guard !others.isEmpty else { return self }
    var format = self
    format.others = self.others + others
    var names = Self.names(in: name)
    for other in others where !names.contains(other.name) { names.append(other.name) }
    format.name = names.joined(separator: Self.separator)
    return format
  }

  /// The formats that its lines are tried in, in order.
  public var alternatives: [LogFormat] {
    var first = self
    first.others = []
    first.name = Self.names(in: name).first ?? name
    return [first] + others
  }

  /// Whether its lines may be in all formats of another one, whether or not they contain forwarded addresses.
  public func includes(_ other: LogFormat) -> Bool {
    let names = Set(alternatives.map(\.nameWithoutForwarded))
    return names.isSuperset(of: other.alternatives.map(\.nameWithoutForwarded))
  }

  /// The separator between the names of a mixed log's formats.
  public static let separator = " and "

  /// Returns the names of the formats in the name of a mixed one.
  public static func names(in name: String) -> [String] { name.split(separator: separator).map(String.init) }

  /// Returns the format of the lines after these bytes. In a log with headers, the last of their headers determines
  /// it.
  public func after(_ bytes: Span<UInt8>, _ range: Range<Int>) -> LogFormat {
    guard followsHeaders else { return self }
    var format = self
    format.others = others.map { $0.after(bytes, range) }
    guard isHeaderDriven else { return format }
    var scanner = LineScanner(range)
    while let line = scanner.next(in: bytes) {
      if !line.isEmpty, bytes[line.lowerBound] == Byte.numberSign { ColumnHeader.read(bytes, line, into: &format) }
    }
    return format
  }

  /// Whether a line may name the columns of the lines after it.
  public var followsHeaders: Bool { isHeaderDriven || others.contains(where: \.followsHeaders) }

  mutating func append(_ step: ConfiguredStep) {
    steps.append(.configured(UInt16(configured.count)))
    configured.append(step)
  }

  mutating func append(_ step: Step) {
    steps.append(step)
  }

  /// Replaces all steps with columns.
  mutating func setColumns(_ fields: [LogField]) {
    steps = []
    configured = []
    for field in fields { append(.column(field)) }
  }

  /// Stores bytes for a step.
  mutating func literal(_ bytes: some Sequence<UInt8>) -> Literal {
    let start = literals.count
    literals += bytes
    return Literal(start: Int32(start), count: Int32(literals.count - start))
  }
}

extension LogFormat.ConfiguredStep {
  /// Whether it may read the host.
  var mayTellHost: Bool {
    switch self {
    case .object, .labels, .pairs, .captures, .quotedCaptures: true
    default: field == .host || field == .absoluteRequest
    }
  }

  /// The field that the step reads; nil for other steps.
  var field: LogField? {
    switch self {
    case .text(let field, _, _), .rest(let field), .column(let field): field
    default: nil
    }
  }
}

extension LogFormat.Literal {
  /// Where the bytes are.
  @inline(__always) var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

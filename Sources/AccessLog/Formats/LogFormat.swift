import ByteScanning

/// The layout of a line, compiled into the steps that ``LineParser`` walks.
///
/// Presets and the texts of servers' configurations end in this one form, so that there is one parser for all. A format is
/// made once and read for every line: its steps hold no text of their own, only places in ``literals`` and ``keys``.
public struct LogFormat: Equatable, Sendable {
  /// Bytes among the format's literals.
  struct Literal: Equatable, Sendable {
    var start: Int32
    var count: Int32
  }

  /// One thing to read from a line.
  enum Step: Equatable, Sendable {
    // Lines as most servers write them, with all that real logs hold against their own rules.

    /// The host before the client, as in `example.com:443 192.0.2.1 …`.
    case host
    /// What all of them have in common: client, identity, user, time, request, status and size. In one step, because one
    /// step for each would cost a jump that the processor often guesses wrong.
    case common
    /// The same with the host in the place of the identity, as lighttpd writes it.
    case commonWithHost
    /// The quoted referrer and the quoted user agent, each of them or a bare `-`. The line may end before the referrer; what
    /// follows the agent is passed over.
    case referrerAndAgent
    /// A quoted list of forwarded addresses, where one follows the agent.
    case forwarded
    /// Nothing may follow.
    case end

    /// The step of that number of ``configured``: such steps hold more, and what the common ones are must stay small.
    case configured(UInt16)
  }

  /// One thing to read from a line of a format that is configured, of columns, or of keys.
  enum ConfiguredStep: Equatable, Sendable {
    /// These bytes.
    case literal(Literal)
    /// A field up to these bytes, which are passed. Within quotes, escaped quotes do not end it.
    case text(LogField, until: Literal, isQuoted: Bool)
    /// A field up to the end of the line.
    case rest(LogField)
    /// A column and the blank or tab after it; quoted, bracketed and braced columns may hold blanks.
    case column(LogField)
    /// HAProxy's captured headers in braces, if there are any.
    case captures
    /// The same as quoted columns up to the end of the line.
    case quotedCaptures
    /// A word of Squid's own: capital letters, underscores, and the mark between what it did and where the answer came from.
    case cacheResult
    /// A JSON object.
    case object
    /// Labels and values: `time:…<TAB>host:…`.
    case labels
    /// Names and values parted by blanks: `method=GET path="/a b"`.
    case pairs
    /// A JSON object with a line of another format in one of its values, which is kept as the target.
    case envelope
    /// Nothing: a line whose day neither it nor its header told is none.
    case knownDay
    /// Nothing: the time is that of the envelope, without which the line is none.
    case envelopeTime
  }

  /// The name on the command line and in messages.
  public internal(set) var name: String
  private(set) var steps: [Step]
  /// What the steps ``Step/configured(_:)`` are.
  private(set) var configured: [ConfiguredStep] = []
  /// The bytes of literals and patterns.
  var literals: [UInt8] = []
  /// The keys of ``Step/object`` and ``Step/labels``.
  var keys = KeyTable()
  /// How texts are escaped.
  var escapes = Escapes.server
  /// Whether a line `#Fields: …` tells the columns of the lines after it.
  public internal(set) var isHeaderDriven = false
  /// What stands around the lines, the outermost first.
  public internal(set) var envelopes: [Envelope] = []
  /// Whether lines may also stand without it.
  var envelopesAreOptional = false
  /// Whether clients may be host names: where most of a log's are.
  public internal(set) var acceptsNames = false
  /// Whether several blanks in a row part columns as one does.
  var joinsBlanks = false
  /// Midnight of the day that the header tells, in Unix seconds.
  var headerDay: Int64 = 0
  /// The same where lines have no date of their own, else 0; what their times are added to.
  var headerDate: Int64 = 0
  /// Formats that are tried on lines that are none of this one, for logs in which several are mixed.
  var others: [LogFormat] = []

  init(name: String, steps: [Step], escapes: Escapes = .server) {
    self.name = name
    self.steps = steps
    self.escapes = escapes
  }

  /// Whether lines tell the host they were sent to.
  public var hasHost: Bool {
    steps.contains(.host) || steps.contains(.commonWithHost) || configured.contains(where: \.mayTellHost)
  }

  /// Whether a quote of the format's own begins each line.
  var startsWithQuote: Bool {
    guard case .literal(let literal) = configured.first, literal.count > 0 else { return false }
    return literals[Int(literal.start)] == Byte.quote
  }

  /// The name of the format for a log in which no line has forwarded addresses.
  var nameWithoutForwarded: String {
    let suffix = "_forwarded"
    return steps.contains(.forwarded) && name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }

  /// The name of the format once it has read forwarded addresses, where it may and has read none so far; else nil.
  public var nameWithForwarded: String? {
    steps.contains(.forwarded) && steps.contains(.common) && !name.hasSuffix("_forwarded") ? name + "_forwarded" : nil
  }

  /// The name of the format without those of its envelopes.
  var nameWithoutEnvelopes: Substring { name.split(separator: "+").last ?? "" }

  /// The same format behind an envelope.
  public func behind(_ envelope: Envelope) -> LogFormat {
    var format = self
    // A format that is read behind an envelope or without it has that one at hand.
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

  /// Whether lines of it have to be taken out of what stands around them before they can be read: out of JSON, or together
  /// from parts.
  public var needsUnwrapping: Bool {
    envelopes.contains(.json) || envelopes.contains(.cri) || others.contains(where: \.needsUnwrapping)
  }

  /// Whether lines of it may tell a request by its target alone.
  var mayImplyGET: Bool {
    impliesGET || configured.contains { $0 == .object || $0 == .labels || $0 == .pairs }
  }

  /// Whether a line of it tells a request by its target alone, so that the method is GET.
  var impliesGET: Bool {
    let fields = configured.compactMap(\.field)
    return fields.contains(.target) && !fields.contains(.method) && !fields.contains(.request)
  }

  /// This format for lines that are of it, else others; in that order.
  public func mixed(with others: [LogFormat]) -> LogFormat {
    guard !others.isEmpty else { return self }
    var format = self
    format.others = self.others + others
    var names = Self.names(in: name)
    for other in others where !names.contains(other.name) { names.append(other.name) }
    format.name = names.joined(separator: Self.separator)
    return format
  }

  /// The formats that its lines are read in, in the order in which they are tried.
  public var alternatives: [LogFormat] {
    var first = self
    first.others = []
    first.name = Self.names(in: name).first ?? name
    return [first] + others
  }

  /// What parts the names of the formats of a mixed log.
  private static let separator = " and "

  /// The names of the formats that the name of a mixed one tells.
  public static func names(in name: String) -> [String] { name.split(separator: separator).map(String.init) }

  /// The format of the lines after these bytes: that of the last header among them, where headers tell it.
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

  /// Whether a line may tell the columns of the lines after it.
  public var followsHeaders: Bool { isHeaderDriven || others.contains(where: \.followsHeaders) }

  /// Adds a step.
  mutating func append(_ step: ConfiguredStep) {
    steps.append(.configured(UInt16(configured.count)))
    configured.append(step)
  }

  /// Adds a step of the common ones.
  mutating func append(_ step: Step) {
    steps.append(step)
  }

  /// Puts columns in the place of all steps.
  mutating func setColumns(_ fields: [LogField]) {
    steps = []
    configured = []
    for field in fields { append(.column(field)) }
  }

  /// Keeps bytes for a step.
  mutating func literal(_ bytes: some Sequence<UInt8>) -> Literal {
    let start = literals.count
    literals += bytes
    return Literal(start: Int32(start), count: Int32(literals.count - start))
  }
}

extension LogFormat.ConfiguredStep {
  /// Whether the host may be among what it reads.
  var mayTellHost: Bool {
    switch self {
    case .object, .labels, .pairs, .captures, .quotedCaptures: true
    default: field == .host || field == .absoluteRequest
    }
  }

  /// The field of a step that tells one.
  var field: LogField? {
    switch self {
    case .text(let field, _, _), .rest(let field), .column(let field): field
    default: nil
    }
  }
}

extension LogFormat.Literal {
  /// The places of the bytes.
  @inline(__always) var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

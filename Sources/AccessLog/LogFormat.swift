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
    /// A JSON object.
    case object
    /// Labels and values: `time:…<TAB>host:…`.
    case labels
    /// Nothing: a line whose day neither it nor its header told is none.
    case knownDay
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
  /// Whether lines stand behind what syslog, Docker or Kubernetes write before them.
  var isWrapped = false
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
  public var hasHost: Bool { steps.contains(.host) || configured.contains(where: \.mayTellHost) }

  /// Whether a quote of the format's own begins each line.
  var startsWithQuote: Bool {
    guard case .literal(let literal) = configured.first, literal.count > 0 else { return false }
    return literals[Int(literal.start)] == Byte.quote
  }

  /// The same format behind the beginnings that syslog, Docker or Kubernetes write.
  public var wrapped: LogFormat {
    var format = self
    format.isWrapped = true
    format.name = "syslog+" + name
    return format
  }

  /// This format for lines that are of it, else others; in that order.
  func mixed(with others: [LogFormat]) -> LogFormat {
    var format = self
    format.others = others
    format.name = ([name] + others.map(\.name)).joined(separator: " and ")
    return format
  }

  /// The format of the lines after these bytes: that of the last header among them, where headers tell it.
  public func after(_ bytes: Span<UInt8>, _ range: Range<Int>) -> LogFormat {
    guard isHeaderDriven else { return self }
    var format = self
    var scanner = LineScanner(range)
    while let line = scanner.next(in: bytes) {
      if !line.isEmpty, bytes[line.lowerBound] == Byte.numberSign { ColumnHeader.read(bytes, line, into: &format) }
    }
    return format
  }

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
    case .object, .labels, .captures: true
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

import ByteScanning

/// Compiles the text of an Apache `LogFormat`.
///
/// Sources of the rule: Apache's mod_log_config, "Custom Log Formats" and "Modifiers"; Tomcat 10.1's Access Log Valve.
public enum ApacheFormat {
  /// Compiles a text such as `%h %l %u %t "%r" %>s %b`. Quotes may be escaped as in the configuration.
  ///
  /// - Parameter name: the name in messages.
  /// - Throws: ``FormatError``.
  public static func compile(_ text: String, name: String) throws(FormatError) -> LogFormat {
    var reader = Reader(rest: Array(unescaped(text).utf8)[...])
    try reader.readAll()
    return try FormatCompiler.compile(reader.parts, name: name, escapes: .server, literals: reader.patterns)
  }

  /// Returns the text with `\"`, `\\`, `\t` and `\n` replaced by what they stand for.
  private static func unescaped(_ text: String) -> String {
    text.replacing("\\\"", with: "\"").replacing("\\t", with: "\t").replacing("\\n", with: "\n")
      .replacing("\\\\", with: "\\")
  }
}

private struct Reader {
  var rest: ArraySlice<UInt8>
  var parts: [FormatPart] = []
  /// The patterns of all times, concatenated.
  var patterns: [UInt8] = []
  /// The pattern of a time that may continue in the next directive.
  private var openPattern: String?

  init(rest: ArraySlice<UInt8>) {
    self.rest = rest
  }

  mutating func readAll() throws(FormatError) {
    while let first = rest.first {
      if first == Byte.percent {
        rest.removeFirst()
        try readDirective()
      } else {
        let bytes = Array(rest.prefix { $0 != Byte.percent })
        rest = rest.dropFirst(bytes.count)
        readLiteral(bytes)
      }
    }
    try closePattern()
  }

  /// Reads a literal. Text between two parts of one time, as in `%{%d/%b/%Y %T}t.%{msec_frac}t`, belongs to the time.
  private mutating func readLiteral(_ bytes: [UInt8]) {
    if let open = openPattern, continuesTime {
      openPattern = open + String(decoding: bytes, as: UTF8.self).replacing("%", with: "%%")
    } else {
      parts.append(.literal(bytes))
    }
  }

  /// Whether the next directive is part of a time.
  private var continuesTime: Bool {
    guard rest.first == Byte.percent, rest.dropFirst().first == UInt8(ascii: "{") else { return false }
    let after = rest.drop { $0 != UInt8(ascii: "}") }.dropFirst()
    return after.first == UInt8(ascii: "t")
  }

  private mutating func readDirective() throws(FormatError) {
    skipModifiers()
    var argument = ""
    if rest.first == UInt8(ascii: "{") {
      let name = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
      argument = String(decoding: name, as: UTF8.self)
      rest = rest.dropFirst(name.count + 2)
    }
    if rest.first == UInt8(ascii: "^") {
      rest = rest.dropFirst(3)
      return try add(.field(.unused, rank: 0))
    }
    guard let letter = rest.popFirst() else { throw FormatError("the format ends in a % with no letter after it") }
    if letter == UInt8(ascii: "t") { return try readTime(argument) }
    if letter == Byte.percent { return readLiteral([letter]) }
    try add(Self.part(letter, argument))
  }

  /// Skips modifiers: the statuses for which a value is logged, and which request of a redirect it is taken from.
  private mutating func skipModifiers() {
    while let byte = rest.first,
      (0x30...0x39).contains(byte) || [0x21, Byte.comma, 0x3C, 0x3E].contains(byte)
    {
      rest.removeFirst()
    }
  }

  private mutating func add(_ part: FormatPart) throws(FormatError) {
    try closePattern()
    parts.append(part)
  }

  // MARK: Times

  private mutating func readTime(_ argument: String) throws(FormatError) {
    let name = argument.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    let isPrefixed = argument.hasPrefix("begin:") || argument.hasPrefix("end:")
    let form = isPrefixed ? name : argument
    switch form {
    case "":
      try closePattern()
      parts += [.literal([Byte.openBracket]), .field(.time(.standard), rank: 1), .literal([Byte.closeBracket])]
    case "sec": try readEpoch()
    case "msec", "usec": try readEpoch()
    case "msec_frac", "usec_frac": openPattern = (openPattern ?? "") + "%f"
    default: openPattern = (openPattern ?? "") + form
    }
    if !continuesTime, !isTextBeforeTime { try closePattern() }
  }

  private mutating func readEpoch() throws(FormatError) {
    if openPattern == nil { return parts.append(.field(.time(.standard), rank: 2)) }
    throw FormatError("%{sec}t, %{msec}t and %{usec}t cannot be read as part of another time")
  }

  /// Whether the text that follows leads to another part of the time.
  private var isTextBeforeTime: Bool {
    var later = self
    later.rest = rest.drop { $0 != Byte.percent }
    return later.rest.count < rest.count && rest.first != Byte.percent && later.continuesTime
  }

  private mutating func closePattern() throws(FormatError) {
    guard let pattern = openPattern else { return }
    openPattern = nil
    guard let expanded = TimePattern.expanded(pattern) else {
      throw FormatError("the time %{\(pattern)}t has a directive that cannot be read")
    }
    if !expanded.contains("%Y"), !expanded.contains("%y"), !expanded.contains("%s") {
      return parts.append(.field(.unused, rank: 0))
    }
    let start = patterns.count
    patterns += expanded.utf8
    let literal = LogFormat.Literal(start: Int32(start), count: Int32(patterns.count - start))
    parts.append(.field(.time(.pattern(literal)), rank: 1))
  }

  // MARK: Other directives

  private static func part(_ letter: UInt8, _ argument: String) throws(FormatError) -> FormatPart {
    switch letter {
    // Attributes of Tomcat's request and session.
    case UInt8(ascii: "r") where !argument.isEmpty, UInt8(ascii: "s") where !argument.isEmpty: .field(.unused, rank: 0)
    case UInt8(ascii: "i"): header(argument.lowercased())
    case UInt8(ascii: "a"): .field(argument == "c" ? .unused : .address, rank: 1)
    case UInt8(ascii: "h"): .field(argument == "c" ? .unused : .address, rank: 2)
    case UInt8(ascii: "u"): .field(.user, rank: 1)
    case UInt8(ascii: "r"): .field(.request, rank: 1)
    case UInt8(ascii: "m"): .field(.method, rank: 1)
    case UInt8(ascii: "U"): .field(.target, rank: 1)
    case UInt8(ascii: "q"): .field(.query, rank: 1)
    case UInt8(ascii: "s"): .field(.status, rank: 1)
    case UInt8(ascii: "B"), UInt8(ascii: "b"): .field(.size, rank: 1)
    case UInt8(ascii: "O"): .field(.size, rank: 2)
    case UInt8(ascii: "V"): .field(.host, rank: 2)
    case UInt8(ascii: "v"): .field(.host, rank: 3)
    // Anything else is a value that is not used: of another module, or of Tomcat.
    case 0x41...0x5A, 0x61...0x7A: .field(.unused, rank: 0)
    default: throw FormatError("Apache's LogFormat has no %\(Character(Unicode.Scalar(letter)))")
    }
  }

  private static func header(_ name: String) -> FormatPart {
    switch name {
    case "referer": .field(.referrer, rank: 1)
    case "user-agent": .field(.userAgent, rank: 1)
    case "host": .field(.host, rank: 1)
    case "x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip": .field(.forwarded, rank: 1)
    case "dnt", "sec-gpc": .field(.optOut, rank: 1)
    case "signature-agent": .field(.signatureAgent, rank: 1)
    default: .field(.unused, rank: 0)
    }
  }
}

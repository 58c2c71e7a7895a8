import ByteScanning

/// What another program writes around the lines of a server: syslog, a container runtime, a supervisor.
///
/// An envelope is stripped from a line before its format reads it; docs/formats.md lists programs and versions.
public enum Envelope: String, CaseIterable, Sendable {
  /// RFC 3164, RFC 5424, rsyslog's templates, `journalctl -o short` and similar, Heroku: time, host and tag.
  case syslog
  /// Kubernetes' log files: `time stdout F line`, long lines in parts. Source: CRI, "log format".
  case cri
  /// `docker compose logs` and `pm2 logs`: `web-1  | line`, `0|web  | line`.
  case compose
  /// A time, alone or with a level: `docker logs -t`, TAI64N, svlogd, Go's and Python's loggers.
  case stamp
  /// A level and a logger without a time: `INFO:werkzeug:line`.
  case level
  /// JSON that contains the line as a string: Docker's json-file, `journalctl -o json`, Filebeat, Fluent Bit, Vector.
  case json

  /// The programs that write it, in a few words.
  public var summary: String {
    switch self {
    case .syslog: "RFC 3164, RFC 5424, rsyslog, journalctl -o short and similar, Heroku"
    case .cri: "Kubernetes' log files; long lines are joined from their parts"
    case .compose: "docker compose logs, pm2 logs"
    case .stamp: "docker logs -t, TAI64N, svlogd, s6-log, timestamps of Go's and Python's loggers"
    case .level: "INFO:logger:, as Python writes it"
    case .json: "Docker's json-file, journalctl -o json, Filebeat, Fluent Bit, Vector, Loki"
    }
  }

  /// The envelopes that contain the line as it is. `stamp` comes before `syslog`, which would take a level after
  /// the time for a tag.
  static let ofText: [Envelope] = [.cri, .compose, .stamp, .syslog, .level]

  /// What an envelope contains.
  struct Content: Equatable {
    /// Where the line's own text is.
    var text: Range<Int>
    /// The envelope's time in Unix seconds; nil if it has no time, or one without a year.
    var time: Int64?
    /// Whether the text continues in the next line of the same stream.
    var isPart = false
    /// The number of the stream, since a file may contain several.
    var stream = 0
  }

  /// Strips envelopes of text, the outermost first; returns nil if the line does not have all of them.
  static func content(
    of chain: [Envelope], _ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader
  ) -> Content? {
    var content = Content(text: range)
    for envelope in chain {
      guard let inner = envelope.content(bytes, content.text, &times) else { return nil }
      content = Content(text: inner.text, time: inner.time ?? content.time)
    }
    return content
  }

  /// Strips an envelope from a line of text; returns nil if the line does not have it.
  func content(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) -> Content? {
    switch self {
    // A file written by syslog may also contain the output of container runtimes. For compatibility, the name
    // covers both.
    case .syslog:
      SyslogPrefix.content(bytes, range, &times) ?? ContainerPrefix.cri(bytes, range, &times)
        ?? ContainerPrefix.compose(bytes, range)
    case .cri: ContainerPrefix.cri(bytes, range, &times)
    case .compose: ContainerPrefix.compose(bytes, range)
    case .stamp: StampPrefix.content(bytes, range, &times)
    case .level: StampPrefix.level(bytes, range)
    case .json: nil
    }
  }
}

/// Scans the words of an envelope.
enum EnvelopeText {
  /// Returns the index after the blanks at `start`.
  static func afterBlanks(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == Byte.space || bytes[index] == Byte.tab { index += 1 }
    return index
  }

  /// Returns the word at `start`; nil if there is no word, or if nothing follows it.
  static func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
    let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: end)
    return blank > start && blank < end ? start..<blank : nil
  }

  /// Returns the index after terminal colour codes: `ESC [ … m`. Source: ECMA-48, SGR.
  static func afterColours(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index + 2 < end, bytes[index] == 0x1B, bytes[index + 1] == Byte.openBracket {
      var next = index + 2
      while next < end, bytes[next] &- 0x30 <= 9 || bytes[next] == Byte.semicolon { next += 1 }
      guard next < end, bytes[next] == 0x6D else { return index }
      index = next + 1
    }
    return index
  }

  /// Whether a text consists of bytes allowed in names: letters, digits, dots, hyphens, underscores, slashes.
  static func isName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    for index in range {
      switch bytes[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, Byte.dot, Byte.hyphen, Byte.underscore, Byte.slash: continue
      default: return false
      }
    }
    return true
  }
}

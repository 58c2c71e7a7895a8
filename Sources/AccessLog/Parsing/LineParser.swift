import ByteScanning
import Hits

// Every line of every log goes through here, so the parser keeps one position, searches eight bytes at a time, stores
// offsets instead of copies and never allocates. Its rules follow what servers really write (unescaped quotes, blanks in
// user names and targets, several addresses); each has a case in the tests.
//
// To follow a line: `parse` → `parseAlone` skips what stands before the first field (LineParser+Beginning) → one `take…`
// for each step of the format. A `take…` function parses the field at `position` and moves `position` behind it:
// LineParser+Common for the common log format, +Quoted for referrer and user agent, +Configured for formats that a
// server's configuration describes, +Keys for JSON and key=value. Values end up in a `LogLine` (+Fields).

/// Finds the fields of a line.
public struct LineParser: Sendable {
  /// The format. A header line in the log can replace it.
  var format: LogFormat
  private let formatImpliesGET: Bool
  var times: TimeReader
  /// The index of the next byte to parse.
  var position = 0
  /// The index after the line's last byte.
  var end = 0
  /// Which fields were found by their keys, and by which of their keys.
  var found = FoundKeys()
  /// The time in the line's envelope; nil if it has none.
  var envelopeTime: Int64?
  /// The text inside the JSON envelope and the time beside it; nil if the line has no JSON envelope.
  var inner: (text: Range<Int>, time: Int64?)?
  /// Parsers of the other formats of a mixed log, for lines that the first format does not match.
  private var others: [LineParser]
  /// The index of the format that matched the last line, in ``LogFormat/alternatives``.
  public private(set) var alternative = 0

  /// Creates a parser for a format.
  ///
  /// - Parameter zone: the zone of times that have no offset.
  public init(_ format: LogFormat, zone: LocalCalendar = .utc) {
    self.init(format, zone: zone, assuming: nil)
  }

  /// - Parameter time: the time of lines without one, used to detect formats that lack nothing else.
  init(_ format: LogFormat, zone: LocalCalendar, assuming time: Int64?) {
    self.format = format
    envelopeTime = time
    formatImpliesGET = format.impliesGET
    mayImplyGET = format.alternatives.contains(where: \.mayImplyGET)
    times = TimeReader(zone: zone)
    others = format.others.map { LineParser($0, zone: zone, assuming: time) }
  }

  /// Parses a line and stores where its fields are.
  ///
  /// - Returns: nil if the line matches the format, else why it does not; `line` then holds the fields before that.
  public mutating func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine
  ) -> MalformedLine? {
    let reason = parseAlone(bytes, range, into: &line)
    alternative = 0
    guard let reason, !others.isEmpty else { return reason }
    return parseOtherwise(bytes, range, into: &line, reason)
  }

  /// Parses a line by the first format alone.
  @inline(__always)
  private mutating func parseAlone(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine
  ) -> MalformedLine? {
    line = LogLine()
    line.escapes = format.escapes
    line.timestamp = format.headerDate
    position = range.lowerBound
    end = range.upperBound
    if let reason = skipLeadingBytes(bytes) { return reason }
    var step = 0
    // By index, because iterating over the array would retain and release it for each line.
    while step < format.steps.count {
      if let reason = take(format.steps[step], bytes, &line) { return reason }
      step &+= 1
    }
    return nil
  }

  /// Parses the fields of one step.
  @inline(__always)
  private mutating func take(
    _ step: LogFormat.Step, _ bytes: Span<UInt8>, _ line: inout LogLine
  ) -> MalformedLine? {
    switch step {
    case .host: takeHost(bytes, &line)
    case .common: takeCommon(bytes, &line)
    case .commonWithHost: takeCommonWithHost(bytes, &line)
    case .referrerAndAgent: takeReferrerAndAgent(bytes, &line)
    case .forwarded: takeForwarded(bytes, &line)
    case .end: position >= end || EnvelopeText.afterBlanks(bytes, position, end) == end ? nil : .trailing
    case .configured(let number): takeConfigured(format.configured[Int(number)], bytes, &line)
    }
  }

  /// Parses a line by the other formats, since the first one does not match.
  private mutating func parseOtherwise(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into line: inout LogLine, _ reason: MalformedLine
  ) -> MalformedLine? {
    // A comment may be the header of another format; nothing else can come of it, or of an empty line.
    let hasNoFields = reason == .comment || reason == .empty
    for index in others.indices where !hasNoFields || others[index].format.isHeaderDriven {
      if others[index].parse(bytes, range, into: &line) == nil {
        alternative = index + 1
        return nil
      }
    }
    return reason
  }

  /// Parses a line that ``LineUnwrapper`` has looked at.
  ///
  /// - Parameters:
  ///   - bytes: the buffer that holds the line and the unwrapped text.
  ///   - range: the range of the line as it is in the file.
  public mutating func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ unwrapped: UnwrappedLine, into line: inout LogLine
  ) -> MalformedLine? {
    switch unwrapped {
    case .part:
      line = LogLine()
      return .part
    case .asItIs: return parse(bytes, range, into: &line)
    case .joined(let text): return parse(bytes, text, into: &line)
    case .text(let text, let time):
      setInner((text, time))
      defer { setInner(nil) }
      return parse(bytes, range, into: &line)
    }
  }

  private mutating func setInner(_ inner: (text: Range<Int>, time: Int64?)?) {
    self.inner = inner
    for index in others.indices { others[index].setInner(inner) }
  }

  /// Whether any of the formats can have lines with a target but no method.
  public let mayImplyGET: Bool

  /// Whether the last line is a GET by default, because its format has a target but no field for the method.
  public var impliesGET: Bool {
    alternative == 0 ? formatImpliesGET || found.impliesGET : others[alternative - 1].impliesGET
  }

  /// What the format skips of the last line, behind the last field that it reads.
  public var rest: Range<Int> {
    alternative == 0 ? min(position, end)..<end : others[alternative - 1].rest
  }

  /// The number of keys of the last line that its format does not know; 0 for formats without keys.
  public var unknownKeys: Int { alternative == 0 ? Int(found.unknown) : others[alternative - 1].unknownKeys }

  /// The index after the last byte that was parsed of the last line.
  var endOfReading: Int { alternative == 0 ? position : others[alternative - 1].position }
}

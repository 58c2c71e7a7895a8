import ByteScanning
import Hits

/// The result of unwrapping a line of a file.
public enum UnwrappedLine: Equatable, Sendable {
  /// The line did not need unwrapping.
  case asItIs
  /// The line joined with the parts before it. It is stored after the lines of the file.
  case joined(Range<Int>)
  /// The text inside JSON, and the JSON's time in Unix seconds. The text is stored after the lines of the file.
  case text(Range<Int>, time: Int64?)
  /// The line continues in a later one and is read together with it.
  case part
}

/// Extracts lines from JSON and joins lines that a container runtime split into parts.
///
/// Each file needs its own unwrapper, since the parts of a line may be in two of its chunks. The results are
/// appended to ``texts``.
public struct LineUnwrapper: Sendable {
  /// The size, in bytes, of the parts into which Docker's json-file driver splits lines. Source: moby,
  /// `defaultBufSize` in copier.go.
  static let dockerPart = 16_384
  /// The longest line that is joined, in bytes: the same limit as for a line of a file.
  static let longestLine = 1_024 * 1_024

  /// The bytes of the lines that were extracted or joined.
  public private(set) var texts: [UInt8] = []
  private var times: TimeReader
  private var envelope: LineParser
  /// The envelopes that may be around the JSON, the outermost first.
  private let around: [[Envelope]]
  /// The parts of unfinished lines, by stream.
  private var parts: [[UInt8]] = [[], []]

  /// Creates an unwrapper for lines of a format; returns nil if its lines need no unwrapping.
  public init?(_ format: LogFormat, zone: LocalCalendar = .utc) {
    guard format.needsUnwrapping else { return nil }
    times = TimeReader(zone: zone)
    envelope = LineParser(.envelope, zone: zone)
    around = format.alternatives.compactMap { format in
      let json = format.envelopes.firstIndex(of: .json) ?? 0
      return json > 0 ? Array(format.envelopes[..<json]) : nil
    }
  }

  /// Whether a line is still missing its last part.
  public var hasOpenParts: Bool { parts.contains { !$0.isEmpty } }

  /// Removes the texts, but keeps the parts of unfinished lines.
  public mutating func removeTexts() { texts.removeAll(keepingCapacity: true) }

  /// Unwraps the line in `range`.
  ///
  /// - Parameter offset: where the first byte of ``texts`` will be in the buffer from which lines are read.
  public mutating func unwrap(_ bytes: Span<UInt8>, _ range: Range<Int>, offset: Int) -> UnwrappedLine {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == 0 { start += 1 }
    while start < range.upperBound, LineParser.isPassedAtStart(bytes[start]) { start += 1 }
    guard start < range.upperBound else { return .asItIs }
    let text = start..<range.upperBound
    if bytes[start] == Byte.openBrace { return outOfJSON(bytes, text, offset) }
    let joined = joined(bytes, text, offset)
    return joined == .asItIs ? outOfJSON(bytes, text, offset, behind: around) : joined
  }

  // MARK: Parts

  private mutating func joined(_ bytes: Span<UInt8>, _ range: Range<Int>, _ offset: Int) -> UnwrappedLine {
    guard let content = ContainerPrefix.cri(bytes, range, &times) else { return .asItIs }
    let stream = content.stream
    if content.isPart {
      if parts[stream].count + content.text.count <= Self.longestLine {
        ByteCopy.append(bytes, content.text, to: &parts[stream])
      }
      return .part
    }
    guard !parts[stream].isEmpty else { return .asItIs }
    let start = texts.count
    ByteCopy.append(bytes, range.lowerBound..<content.text.lowerBound, to: &texts)
    texts += parts[stream]
    ByteCopy.append(bytes, content.text, to: &texts)
    parts[stream].removeAll()
    return .joined(offset + start..<offset + texts.count)
  }

  // MARK: JSON

  /// Extracts the text from JSON that is inside other envelopes, whose time serves if the JSON has none.
  private mutating func outOfJSON(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ offset: Int, behind chains: [[Envelope]]
  ) -> UnwrappedLine {
    for chain in chains {
      guard let content = Envelope.content(of: chain, bytes, line, &times), let first = content.text.first,
        bytes[first] == Byte.openBrace
      else { continue }
      let unwrapped = outOfJSON(bytes, content.text, offset)
      guard case .text(let text, let time) = unwrapped else { return unwrapped }
      return .text(text, time: time ?? content.time)
    }
    return .asItIs
  }

  private mutating func outOfJSON(_ bytes: Span<UInt8>, _ range: Range<Int>, _ offset: Int) -> UnwrappedLine {
    var found = LogLine()
    guard envelope.parse(bytes, range, into: &found) == nil else { return .asItIs }
    let time = found.timestamp == 0 ? nil : found.timestamp
    let start = texts.count
    if bytes[found.target.lowerBound - 1] == Byte.quote {
      Unescaping.append(bytes, found.target, .json, to: &texts)
    } else {
      // A bare number, such as the `line` of a source file, is not a text.
      guard isInArray(bytes, found.target.lowerBound, range) else { return .asItIs }
      appendNumbers(bytes, found.target.lowerBound..<range.upperBound)
    }
    let isWhole = texts.count > start && texts[texts.count - 1] == Byte.newline
    while texts.count > start, texts[texts.count - 1] == Byte.newline || texts[texts.count - 1] == Byte.carriageReturn {
      texts.removeLast()
    }
    return end(start, isWhole, bytes, found, offset, time)
  }

  /// Finishes a text extracted from JSON, or keeps it until the text that continues it.
  private mutating func end(
    _ start: Int, _ isWhole: Bool, _ bytes: Span<UInt8>, _ found: LogLine, _ offset: Int, _ time: Int64?
  ) -> UnwrappedLine {
    let stream =
      ByteSearch.matches(Self.errors, in: bytes, at: found.user.lowerBound, before: found.user.upperBound) ? 1 : 0
    // Fluent Bit's CRI parser keeps the tag.
    let isTagged = found.host.count == 1 && bytes[found.host.lowerBound] == 0x50
    // Only Docker's entries name a stream.
    if isTagged || (!isWhole && !found.user.isEmpty && texts.count - start >= Self.dockerPart) {
      if parts[stream].count + texts.count - start <= Self.longestLine { parts[stream] += texts[start...] }
      texts.removeSubrange(start...)
      return .part
    }
    if !parts[stream].isEmpty {
      texts.insert(contentsOf: parts[stream], at: start)
      parts[stream].removeAll()
    }
    return .text(offset + start..<offset + texts.count, time: time)
  }

  /// Whether the value at `start` is the first of an array.
  private func isInArray(_ bytes: Span<UInt8>, _ start: Int, _ line: Range<Int>) -> Bool {
    var index = start - 1
    while index > line.lowerBound, bytes[index] == Byte.space || bytes[index] == Byte.tab { index -= 1 }
    return bytes[index] == Byte.openBracket
  }

  /// Appends the bytes of `[49,50,…]`: the journal writes texts like this if they are not valid UTF-8.
  private mutating func appendNumbers(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var value = 0
    var index = range.lowerBound
    while index < range.upperBound, bytes[index] != Byte.closeBracket {
      if bytes[index] &- 0x30 <= 9 {
        value = min(value * 10 + Int(bytes[index] - 0x30), 255)
      } else if bytes[index] == Byte.comma {
        texts.append(UInt8(value))
        value = 0
      }
      index += 1
    }
    texts.append(UInt8(value))
  }

  private static let errors = Array("stderr".utf8)
}

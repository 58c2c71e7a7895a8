import ByteScanning
import Hits

/// What was taken out of a line of a file.
public enum UnwrappedLine: Equatable, Sendable {
  /// Nothing had to be.
  case asItIs
  /// The line with the parts before it; it lies behind the lines of the file.
  case joined(Range<Int>)
  /// The text that JSON holds, and the JSON's time in Unix seconds; the text lies behind the lines of the file.
  case text(Range<Int>, time: Int64?)
  /// The line goes on in a later one, with which it is read.
  case part
}

/// Takes lines out of JSON that carries them, and puts lines together that a container runtime cut into parts.
///
/// One for each file, since parts of a line may lie in two chunks of it. What it makes is appended to ``texts``.
public struct LineUnwrapper: Sendable {
  /// Docker's json-file driver cuts lines into parts of this many bytes. Source: moby, `defaultBufSize` in copier.go.
  static let dockerPart = 16_384
  /// The longest line that is put together, in bytes, as long as the longest line of a file.
  static let longestLine = 1_024 * 1_024

  /// The bytes that were taken out of lines, or put together.
  public private(set) var texts: [UInt8] = []
  private var times: TimeReader
  private var envelope: LineParser
  /// The parts of lines that have not ended yet, by their streams.
  private var parts: [[UInt8]] = [[], []]

  /// An unwrapper for lines of a format; nil where none of them has to be unwrapped.
  public init?(_ format: LogFormat, zone: LocalCalendar = .utc) {
    guard format.needsUnwrapping else { return nil }
    times = TimeReader(zone: zone)
    envelope = LineParser(.envelope, zone: zone)
  }

  /// Whether a part of a line waits for its end.
  public var hasOpenParts: Bool { parts.contains { !$0.isEmpty } }

  /// Forgets the texts, not the parts that wait.
  public mutating func removeTexts() { texts.removeAll(keepingCapacity: true) }

  /// Unwraps the line in `range`.
  ///
  /// - Parameter offset: where the first of ``texts`` will lie in the buffer that lines are read from.
  public mutating func unwrap(_ bytes: Span<UInt8>, _ range: Range<Int>, offset: Int) -> UnwrappedLine {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == 0 { start += 1 }
    while start < range.upperBound, LineParser.isPassedAtStart(bytes[start]) { start += 1 }
    guard start < range.upperBound else { return .asItIs }
    let text = start..<range.upperBound
    return bytes[start] == Byte.openBrace ? outOfJSON(bytes, text, offset) : joined(bytes, text, offset)
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

  private mutating func outOfJSON(_ bytes: Span<UInt8>, _ range: Range<Int>, _ offset: Int) -> UnwrappedLine {
    var found = LogLine()
    guard envelope.parse(bytes, range, into: &found) == nil else { return .asItIs }
    let time = found.timestamp == 0 ? nil : found.timestamp
    let start = texts.count
    if bytes[found.target.lowerBound - 1] == Byte.quote {
      Unescaping.append(bytes, found.target, .json, to: &texts)
    } else {
      // A number alone, such as the `line` of a source file, is no text.
      guard isInArray(bytes, found.target.lowerBound, range) else { return .asItIs }
      appendNumbers(bytes, found.target.lowerBound..<range.upperBound)
    }
    let isWhole = texts.count > start && texts[texts.count - 1] == Byte.newline
    while texts.count > start, texts[texts.count - 1] == Byte.newline || texts[texts.count - 1] == Byte.carriageReturn {
      texts.removeLast()
    }
    return end(start, isWhole, bytes, found, offset, time)
  }

  /// Ends a text that was taken out of JSON, or keeps it for the text it goes on in.
  private mutating func end(
    _ start: Int, _ isWhole: Bool, _ bytes: Span<UInt8>, _ found: LogLine, _ offset: Int, _ time: Int64?
  ) -> UnwrappedLine {
    let stream =
      ByteSearch.matches(Self.errors, in: bytes, at: found.user.lowerBound, before: found.user.upperBound) ? 1 : 0
    // Fluent Bit's CRI parser keeps the tag.
    let isTagged = found.host.count == 1 && bytes[found.host.lowerBound] == 0x50
    // Only Docker's entries tell a stream.
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

  /// Whether the value at `start` is the first one of an array.
  private func isInArray(_ bytes: Span<UInt8>, _ start: Int, _ line: Range<Int>) -> Bool {
    var index = start - 1
    while index > line.lowerBound, bytes[index] == Byte.space || bytes[index] == Byte.tab { index -= 1 }
    return bytes[index] == Byte.openBracket
  }

  /// Appends the bytes of `[49,50,…]`: the journal writes texts so that are not valid UTF-8.
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

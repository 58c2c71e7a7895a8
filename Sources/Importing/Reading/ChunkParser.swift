import AccessLog
import LogInput
import PrivacyPipeline

/// Parses the lines of a chunk, and tries other formats on those that the chunk's format does not match.
struct ChunkParser {
  /// How often a chunk may switch to another format; files seldom do.
  private static let mostChanges = 4

  /// The parsed lines, in order.
  var parsed: [FileChunk.Line] = []
  /// The keyed hashes of their clients.
  private(set) var clients: [ClientHash] = []
  /// The indices of those that are GETs by default, because their format has no field for the method.
  private(set) var gets: [Int] = []
  /// The index of the first line that each format matched, if the line before it had another format.
  private(set) var firstUses: [String: Int] = [:]
  /// The first run of lines whose fields hold something else than the format says, or that no format matches; nil if
  /// there is none.
  private(set) var doubt: DoubtfulRun?
  /// A text for `--format` that also describes the lines that no format matches; nil if there is none.
  private(set) var suggestion: String?
  private var format: LogFormat
  private let reading: LineReading

  init(_ format: LogFormat, _ reading: LineReading) {
    self.format = format
    self.reading = reading
  }

  /// Parses all lines that are not known.
  mutating func parse(_ chunk: borrowing FileChunk, _ bytes: Span<UInt8>) {
    var parser = LineParser(format, zone: reading.zone)
    let alternatives = format.alternatives
    let names = alternatives.map(\.name)
    var awaitsForwarded = alternatives.contains { $0.nameWithForwarded != nil }
    let segments = chunk.segments
    // Local arrays, because elements of a structure's arrays pay for an exclusivity check at each write.
    var parsed = [FileChunk.Line](repeating: FileChunk.Line(), count: segments.reduce(0) { $0 + $1.new.count })
    var clients = [ClientHash](repeating: .none, count: parsed.count)
    let (hashes, lines) = (reading.clients, chunk.lines)
    let isPlain = !chunk.isUnwrapped
    var alternative = -1
    var number = 0
    var run = RunCheck(format, lines: lines.count)
    var doubt: RunCheck.Finding?
    var isQuestioned = chunk.isAdaptive
    for segment in segments {
      for index in segment.new {
        // Parsed in place: copying a line that was just written would stall on each of its fields.
        let range = lines[index].range
        let reason =
          isPlain
          ? parser.parse(bytes, range, into: &parsed[number].fields)
          : parser.parse(bytes, range, chunk.unwrapped(index), into: &parsed[number].fields)
        parsed[number].malformed = reason
        if reason == nil {
          clients[number] = hashes.hash(
            bytes, address: parsed[number].fields.address, agent: parsed[number].fields.userAgent)
          if parser.mayImplyGET, Self.isGET(parsed[number].fields, parser) { gets.append(number) }
          if parser.alternative != alternative {
            alternative = parser.alternative
            note(names[alternative], at: index)
          }
          if awaitsForwarded, !parsed[number].fields.forwarded.isEmpty,
            let name = alternatives[alternative].nameWithForwarded
          {
            awaitsForwarded = false
            note(name, at: index)
          }
          if isQuestioned {
            doubt = run.add(
              bytes, parsed[number].fields, text: range, rest: parser.rest, unknownKeys: parser.unknownKeys,
              index: index)
            isQuestioned = doubt == nil
          }
        }
        number += 1
      }
    }
    if isQuestioned { doubt = run.finish(bytes) }
    self.doubt = doubt.map { DoubtfulRun(Array($0.start...$0.end), $0.doubt, chunk, bytes, reading) }
    self.parsed = parsed
    self.clients = clients
  }

  /// Whether the line just parsed is a GET by default, because its format has no field for the method.
  private static func isGET(_ fields: LogLine, _ parser: borrowing LineParser) -> Bool {
    parser.impliesGET && fields.method.isEmpty && !fields.target.isEmpty
  }

  /// Detects formats of the lines that the chunk's format does not match, and parses those lines by them.
  mutating func parseMisfits(_ chunk: borrowing FileChunk, _ bytes: Span<UInt8>) {
    for _ in 0..<Self.mostChanges {
      let misfits = misfits(chunk)
      let lines = misfits.map { chunk.lines[$0.index].range }
      guard !misfits.isEmpty else { return }
      let found = reading.otherFormat(than: format, ofLines: lines, bytes)
      guard let other = found.format else {
        suggestion = reading.text(found.suggestion, besides: chunk.format, chunk.lines.map(\.range), bytes)
        checkMisfits(chunk, bytes)
        return
      }
      format = format.mixed(with: other.alternatives)
      var parser = LineParser(other, zone: reading.zone)
      let names = other.alternatives.map(\.name)
      for (number, index) in misfits {
        let reason = parser.parse(
          bytes, chunk.lines[index].range, chunk.unwrapped(index), into: &parsed[number].fields)
        guard reason == nil else { continue }
        parsed[number].malformed = nil
        clients[number] = reading.clients.hash(
          bytes, address: parsed[number].fields.address, agent: parsed[number].fields.userAgent)
        if Self.isGET(parsed[number].fields, parser) { gets.append(number) }
        note(names[parser.alternative], at: index)
      }
    }
  }

  /// Looks for a run of lines that no format matches, unless other lines are doubted already.
  private mutating func checkMisfits(_ chunk: borrowing FileChunk, _ bytes: Span<UInt8>) {
    guard doubt == nil else { return }
    var check = MisfitCheck()
    var number = 0
    for segment in chunk.segments {
      for index in segment.new {
        let reason = parsed[number].malformed
        number += 1
        guard reason?.isMisfit ?? true else { continue }
        check.add(bytes, chunk.lines[index].range, isMisfit: reason != nil, index: index)
      }
    }
    check.finish(bytes)
    doubt = check.found.map { DoubtfulRun($0, nil, chunk, bytes, reading) }
  }

  /// The lines that no format matches: their numbers among the parsed ones, and their indices in the chunk.
  private func misfits(_ chunk: borrowing FileChunk) -> [(number: Int, index: Int)] {
    var misfits: [(number: Int, index: Int)] = []
    var number = 0
    for segment in chunk.segments {
      for index in segment.new {
        if parsed[number].malformed?.isMisfit ?? false { misfits.append((number, index)) }
        number += 1
      }
    }
    return misfits
  }

  private mutating func note(_ name: String, at index: Int) {
    firstUses[name] = min(firstUses[name] ?? index, index)
  }
}

extension MalformedLine {
  /// Whether the line may match another format.
  var isMisfit: Bool {
    switch self {
    case .part, .empty, .comment, .tooLong, .binary: false
    default: true
    }
  }
}

import AccessLog
import LogInput
import PrivacyPipeline

/// Reads the lines of a chunk, and tries other formats on those that its format does not fit.
struct ChunkParser {
  /// How often others are looked for in one chunk: a file changes its format seldom.
  private static let mostChanges = 4

  /// The lines that have to be looked at, in order.
  var parsed: [FileChunk.Line] = []
  /// What stands for the clients of these.
  private(set) var clients: [ClientHash] = []
  /// Which of them are GETs because their format has no column for a method.
  private(set) var gets: [Int] = []
  /// The first line that each format read which did not read the line before it.
  private(set) var firstUses: [String: Int] = [:]
  private var format: LogFormat
  private let reading: LineReading

  init(_ format: LogFormat, _ reading: LineReading) {
    self.format = format
    self.reading = reading
  }

  /// Reads all lines that are not known.
  mutating func parse(_ chunk: borrowing FileChunk, _ bytes: Span<UInt8>) {
    var parser = LineParser(format, zone: reading.zone)
    let alternatives = format.alternatives
    let names = alternatives.map(\.name)
    var awaitsForwarded = alternatives.contains { $0.nameWithForwarded != nil }
    let stretches = chunk.stretches
    // In variables of their own, whose elements are written where they lie; those of a structure are checked each time.
    var parsed = [FileChunk.Line](repeating: FileChunk.Line(), count: stretches.reduce(0) { $0 + $1.new.count })
    var clients = [ClientHash](repeating: .none, count: parsed.count)
    let (hashes, lines) = (reading.clients, chunk.lines)
    let isPlain = !chunk.isUnwrapped
    var alternative = -1
    var number = 0
    for stretch in stretches {
      for index in stretch.new {
        // Where it is to stay: copying a line that was just written waits for each of its fields.
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
        }
        number += 1
      }
    }
    self.parsed = parsed
    self.clients = clients
  }

  /// Whether the line that was just parsed is a GET because its format has no column for a method.
  private static func isGET(_ fields: LogLine, _ parser: borrowing LineParser) -> Bool {
    parser.impliesGET && fields.method.isEmpty && !fields.target.isEmpty
  }

  /// Looks for formats that fit the lines which the chunk's does not fit, and reads those by them.
  mutating func parseMisfits(_ chunk: borrowing FileChunk, _ bytes: Span<UInt8>) {
    for _ in 0..<Self.mostChanges {
      let misfits = misfits(chunk)
      let lines = misfits.map { chunk.lines[$0.index].range }
      guard !misfits.isEmpty, let other = reading.otherFormat(than: format, ofLines: lines, bytes) else { return }
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

  /// The lines that no format fits: their numbers among those read, and their indices in the chunk.
  private func misfits(_ chunk: borrowing FileChunk) -> [(number: Int, index: Int)] {
    var misfits: [(number: Int, index: Int)] = []
    var number = 0
    for stretch in chunk.stretches {
      for index in stretch.new {
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
  /// Whether another format may fit the line.
  var isMisfit: Bool {
    switch self {
    case .part, .empty, .comment, .tooLong, .binary: false
    default: true
    }
  }
}

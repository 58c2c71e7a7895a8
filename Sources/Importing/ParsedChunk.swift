import AccessLog
import Ledger
import LogInput
import PrivacyPipeline

/// A chunk on its way from a reader to the counter.
struct ParsedChunk: Sendable {
  /// A line that has to be looked at.
  struct Line: Sendable {
    /// Where its fields lie.
    var fields = LogLine()
    /// Why it is no line of the format; nil where it is one.
    var malformed: MalformedLine?
  }

  var file: Int
  var sequence: Int
  var format: LogFormat
  /// The lines of the chunk.
  var lines: [ScannedLine]
  /// Which of them are known, in order.
  var known: [KnownLines] = []
  /// The ids of the blocks that end in it.
  var blockIDs = BlockIDs()
  /// The fields of the other ones, in order; nil where lines are collect requests, or before ``parse(_:)``.
  private(set) var parsed: [Line]?
  /// What stands for the clients of these, before proxies are asked.
  private(set) var clients: [ClientHash] = []
  var chunk: Chunk
  var bytesRead: Int
  /// Whether the lines of the file before the first chunk were read in an earlier run.
  var isResumed: Bool
  /// The formats that fit the file's first lines better than the one asked for; nil where it fits most of them.
  var advice: String?
  /// The index of the site that the file's name tells.
  var fileSite: Int?

  /// The stretches of lines that are not known, each with the known lines after it, if any.
  var stretches: [(new: Range<Int>, known: KnownLines?)] {
    var start = 0
    var stretches: [(new: Range<Int>, known: KnownLines?)] = []
    for found in known {
      stretches.append((start..<found.lines.lowerBound, found))
      start = found.lines.upperBound
    }
    return stretches + [(start..<lines.count, nil)]
  }

  /// Finds the fields of the lines that are not known, unless that is done.
  mutating func parse(_ reading: LineReading) {
    guard !reading.readsRequests, parsed == nil else { return }
    let chunk = self.chunk
    let bytes = chunk.bytes.span
    var parser = LineParser(format, zone: reading.zone)
    var parsed = [Line](repeating: Line(), count: stretches.reduce(0) { $0 + $1.new.count })
    clients = [ClientHash](repeating: .none, count: parsed.count)
    var number = 0
    for stretch in stretches {
      for index in stretch.new {
        // Where it is to stay: copying a line that was just written waits for each of its fields.
        parsed[number].malformed = parser.parse(bytes, lines[index].range, into: &parsed[number].fields)
        if parsed[number].malformed == nil {
          clients[number] = reading.clients.hash(
            bytes, address: parsed[number].fields.address, agent: parsed[number].fields.userAgent)
        }
        number += 1
      }
    }
    self.parsed = parsed
  }
}

import AccessLog
import ByteScanning
import Ledger
import LogInput
import PrivacyPipeline

/// A chunk of a file on its way from a reader to the counter, which may or may not be parsed yet.
struct FileChunk: Sendable {
  /// A parsed line.
  struct Line: Sendable {
    /// The ranges of its fields.
    var fields = LogLine()
    /// Why it does not match the format; nil if it does.
    var malformed: MalformedLine?
  }

  /// The index of the file among those of the import.
  var file: Int
  /// The number of the chunk within its file, from 0.
  var sequence: Int
  var format: LogFormat
  /// The lines of the chunk.
  var lines: [ScannedLine]
  /// The known ones among them, in order.
  var known: [KnownLines] = []
  /// The ids of the blocks that end in the chunk.
  var blockIDs = BlockIDs()
  /// The text inside the envelope of each line; empty if the lines need no unwrapping.
  private var unwrapped: [UnwrappedLine] = []
  /// The index of the first line that each format matched, by the format's name, if the line before it had another format.
  private(set) var firstUses: [String: Int] = [:]
  /// The first run of lines that may be misread or that no format matches; nil if there is none.
  private(set) var doubt: DoubtfulRun?
  /// A text for `--format` that also describes the lines that no format matches; nil if there is none.
  private(set) var suggestion: String?
  /// Whether the format was detected, so that other formats are tried on lines that it does not match.
  var isAdaptive = false
  /// The lines that are not known, parsed, in order; nil before ``parse(_:)``, or if lines are collect requests.
  private(set) var parsed: [Line]?
  /// The keyed hashes of their clients, from address and agent as logged.
  private(set) var clients: [ClientHash] = []
  var chunk: Chunk
  /// The number of bytes on disk that were read when the chunk was made.
  var bytesRead = 0
  /// Whether an earlier run read the lines of the file before its first chunk.
  var isResumed = false
  /// The formats that match the file's first lines better than the one asked for; nil if that one matches most of them.
  var advice: String?
  /// The index of the site that the file's name identifies.
  var fileSite: Int?

  /// Creates a chunk that is not parsed yet.
  init(file: Int, sequence: Int, format: LogFormat, lines: [ScannedLine], chunk: consuming Chunk) {
    self.file = file
    self.sequence = sequence
    self.format = format
    self.lines = lines
    self.chunk = chunk
  }

  /// The segments of the chunk: lines that are not known, and the known lines after them, if any.
  var segments: [(new: Range<Int>, known: KnownLines?)] {
    var start = 0
    var segments: [(new: Range<Int>, known: KnownLines?)] = []
    for found in known {
      segments.append((start..<found.lines.lowerBound, found))
      start = found.lines.upperBound
    }
    return segments + [(start..<lines.count, nil)]
  }

  /// Unwraps all lines, in the order of the file. The unwrapped texts are appended to the chunk's buffer.
  mutating func unwrap(_ unwrapper: inout LineUnwrapper) {
    unwrapper.removeTexts()
    unwrapped.reserveCapacity(lines.count)
    let count = chunk.count
    for line in lines { unwrapped.append(unwrapper.unwrap(chunk.bytes.span, line.range, offset: count)) }
    append(unwrapper.texts, at: count)
  }

  /// Returns a chunk with one line of this one, unwrapped as it is here.
  func alone(_ index: Int, _ hasher: LineHasher) -> FileChunk {
    var text = Chunk(capacity: 0)
    text.bytes = Array(chunk.bytes[lines[index].range]) + [Byte.newline]
    text.count = text.bytes.count
    var one = FileChunk(file: file, sequence: 0, format: format, lines: hasher.lines(of: text), chunk: text)
    one.isAdaptive = isAdaptive
    one.fileSite = fileSite
    guard isUnwrapped else { return one }
    switch unwrapped[index] {
    case .asItIs, .part: one.unwrapped = [unwrapped[index]]
    case .joined(let range): one.unwrapped = [.joined(one.append(chunk.bytes[range]))]
    case .text(let range, let time): one.unwrapped = [.text(one.append(chunk.bytes[range]), time: time)]
    }
    return one
  }

  /// Appends bytes to the buffer and returns their range.
  private mutating func append(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
    chunk.bytes += bytes
    return chunk.bytes.count - bytes.count..<chunk.bytes.count
  }

  /// Writes bytes into the buffer at an offset behind the lines.
  private mutating func append(_ texts: [UInt8], at offset: Int) {
    if chunk.bytes.count < offset + texts.count {
      chunk.bytes += [UInt8](repeating: 0, count: offset + texts.count - chunk.bytes.count)
    }
    ByteCopy.copy(texts.span, 0..<texts.count, to: &chunk.bytes, at: offset)
  }

  /// Parses the lines that are not known, unless that has been done.
  mutating func parse(_ reading: LineReading) {
    guard !reading.readsRequests, parsed == nil else { return }
    var reader = ChunkParser(format, reading)
    reader.parse(self, chunk.bytes.span)
    if isAdaptive { reader.parseMisfits(self, chunk.bytes.span) }
    if !reader.gets.isEmpty {
      let offset = endOfTexts
      append(Array("GET".utf8), at: offset)
      for number in reader.gets { reader.parsed[number].fields.method = offset..<offset + 3 }
    }
    clients = reader.clients
    firstUses = reader.firstUses
    doubt = reader.doubt
    suggestion = reader.suggestion
    parsed = reader.parsed
  }

  /// The index after the unwrapped texts.
  private var endOfTexts: Int {
    unwrapped.reduce(chunk.count) { end, line in
      switch line {
      case .text(let text, _), .joined(let text): max(end, text.upperBound)
      case .asItIs, .part: end
      }
    }
  }

  /// Whether the lines were unwrapped.
  var isUnwrapped: Bool { !unwrapped.isEmpty }

  /// The text inside the envelope of a line.
  func unwrapped(_ index: Int) -> UnwrappedLine { unwrapped.isEmpty ? .asItIs : unwrapped[index] }
}

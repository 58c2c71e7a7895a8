import AccessLog
import ByteScanning
import Ledger
import LogInput
import PrivacyPipeline

/// A chunk on its way from a reader to the counter.
struct FileChunk: Sendable {
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
  /// What was taken out of each line; empty where nothing had to be.
  private var unwrapped: [UnwrappedLine] = []
  /// The first line that each format read which did not read the one before it, by the format's name.
  private(set) var firstUses: [String: Int] = [:]
  /// Whether the format was found out, so that others are tried on lines that it does not fit.
  var isAdaptive = false
  /// The fields of the other ones, in order; nil where lines are collect requests, or before ``parse(_:)``.
  private(set) var parsed: [Line]?
  /// What stands for the clients of these, before proxies are asked.
  private(set) var clients: [ClientHash] = []
  var chunk: Chunk
  /// How far the file was read when the chunk was made, in bytes on disk.
  var bytesRead = 0
  /// Whether the lines of the file before the first chunk were read in an earlier run.
  var isResumed = false
  /// The formats that fit the file's first lines better than the one asked for; nil where it fits most of them.
  var advice: String?
  /// The index of the site that the file's name tells.
  var fileSite: Int?

  /// A chunk whose lines nobody has looked at yet.
  init(file: Int, sequence: Int, format: LogFormat, lines: [ScannedLine], chunk: consuming Chunk) {
    self.file = file
    self.sequence = sequence
    self.format = format
    self.lines = lines
    self.chunk = chunk
  }

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

  /// Takes lines out of what carries them, in the order of the file; their texts lie behind the lines of the chunk.
  mutating func unwrap(_ unwrapper: inout LineUnwrapper) {
    unwrapper.removeTexts()
    unwrapped.reserveCapacity(lines.count)
    let count = chunk.count
    for line in lines { unwrapped.append(unwrapper.unwrap(chunk.bytes.span, line.range, offset: count)) }
    append(unwrapper.texts, at: count)
  }

  /// The chunk with one of its lines alone, as it was unwrapped.
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

  /// Puts bytes behind all others, and returns where they lie.
  private mutating func append(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
    chunk.bytes += bytes
    return chunk.bytes.count - bytes.count..<chunk.bytes.count
  }

  /// Puts bytes behind the lines of the chunk.
  private mutating func append(_ texts: [UInt8], at offset: Int) {
    if chunk.bytes.count < offset + texts.count {
      chunk.bytes += [UInt8](repeating: 0, count: offset + texts.count - chunk.bytes.count)
    }
    ByteCopy.copy(texts.span, 0..<texts.count, to: &chunk.bytes, at: offset)
  }

  /// Finds the fields of the lines that are not known, unless that is done.
  mutating func parse(_ reading: LineReading) {
    guard !reading.readsRequests, parsed == nil else { return }
    var reader = ChunkParser(format, reading)
    reader.parse(self, chunk.bytes.span)
    if isAdaptive { reader.parseMisfits(self, chunk.bytes.span) }
    if !reader.gets.isEmpty {
      let offset = behindTexts
      append(Array("GET".utf8), at: offset)
      for number in reader.gets { reader.parsed[number].fields.method = offset..<offset + 3 }
    }
    clients = reader.clients
    firstUses = reader.firstUses
    parsed = reader.parsed
  }

  /// The index after the texts behind the lines.
  private var behindTexts: Int {
    unwrapped.reduce(chunk.count) { end, line in
      switch line {
      case .text(let text, _), .joined(let text): max(end, text.upperBound)
      case .asItIs, .part: end
      }
    }
  }

  /// Whether lines were taken out of what carries them.
  var isUnwrapped: Bool { !unwrapped.isEmpty }

  /// What was taken out of a line.
  func unwrapped(_ index: Int) -> UnwrappedLine { unwrapped.isEmpty ? .asItIs : unwrapped[index] }
}

import AccessLog
import LogInput

/// The format of a file while its chunks are read in order. It follows headers and changes of the format, and keeps
/// parts of lines until their ends arrive.
struct FileFormat {
  /// How many lines at the end of each chunk are checked for a change of the format.
  private static let linesFollowed = 16

  /// The format of the lines to come.
  private(set) var format: LogFormat
  /// Whether the format was detected; then others are tried where it does not fit.
  let isAdaptive: Bool
  private let reading: LineReading
  private var unwrapper: LineUnwrapper?

  init(_ format: LogFormat, isAdaptive: Bool, _ reading: LineReading) {
    self.format = format
    self.isAdaptive = isAdaptive
    self.reading = reading
  }

  /// Whether the last line was part of a line that continues.
  var endsInPart: Bool { unwrapper?.hasOpenParts ?? false }

  /// Prepares the next chunk of the file for parsing.
  ///
  /// - Parameter lines: the lines of the chunk.
  mutating func take(_ chunk: consuming Chunk, _ lines: [ScannedLine], file: Int, sequence: Int) -> FileChunk {
    if isAdaptive { follow(chunk, lines) }
    var read = FileChunk(file: file, sequence: sequence, format: format, lines: lines, chunk: chunk)
    read.isAdaptive = isAdaptive
    if format.followsHeaders { format = format.after(read.chunk.bytes.span, 0..<read.chunk.count) }
    if unwrapper == nil { unwrapper = LineUnwrapper(format, zone: reading.zone) }
    if var ready = unwrapper.take() {
      read.unwrap(&ready)
      unwrapper = ready
    }
    return read
  }

  /// Adds another format if the last lines of a chunk do not match the known one, because the lines after them will
  /// not match it either. Changes within a chunk are detected when it is parsed.
  private mutating func follow(_ chunk: borrowing Chunk, _ lines: [ScannedLine]) {
    var parser = LineParser(format, zone: reading.zone)
    var fields = LogLine()
    let span = chunk.bytes.span
    let last = lines.suffix(Self.linesFollowed)
    let misfits = last.count { parser.parse(span, $0.range, into: &fields)?.isMisfit ?? false }
    guard misfits * 2 > last.count, !format.needsUnwrapping else { return }
    let ranges = lines.suffix(Self.linesFollowed * 8).map(\.range)
      .filter { parser.parse(span, $0, into: &fields)?.isMisfit ?? false }
    if let other = reading.otherFormat(than: format, ofLines: ranges, span).format {
      format = format.mixed(with: other.alternatives)
    }
  }
}

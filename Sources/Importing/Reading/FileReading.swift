import AccessLog
import ByteScanning
import Foundation
import Ledger
import LogInput
import StatsStore
import Synchronization

/// What readers and the counter report to the thread that commits.
enum ImportEvent: Sendable {
  /// A chunk was counted.
  case counted(ChunkResult)
  /// All chunks of a file have been passed on.
  case read(file: Int, ending: FileEnding)
  /// Counting failed, for example because of the vault; the import cannot continue.
  case failed(any Error)
}

/// A file to be read.
struct LogFile: Sendable {
  /// The index of the file among those of the import.
  var index: Int
  var path: String
  /// The state of the file when it was last read, if it seems to have grown since.
  var earlier: CachedFile?
  /// The index of the site that its name identifies.
  var site: Int?
}

/// Reads files into chunks of parsed lines, several files at a time. One thread reads and inflates each file.
final class FileReading: Sendable {
  private let files: [LogFile]
  private let reading: LineReading
  private let takesPartialTail: Bool
  /// Whether each line has to name its host.
  private let needsHosts: Bool
  private let hasher: LineHasher
  /// Finds whole blocks of lines that need not be examined; nil if each line has to be.
  private let knownBlocks: KnownBlocks?
  private let ahead: ReadAhead
  private let jobs: BlockingQueue<FileChunk>
  private let events: BlockingQueue<ImportEvent>
  private let next = Atomic<Int>(0)
  private let spare = Mutex<[Chunk]>([])

  init(
    _ files: [LogFile], setup: ImportSetup, knownBlocks: KnownBlocks?, ahead: ReadAhead,
    jobs: BlockingQueue<FileChunk>,
    events: BlockingQueue<ImportEvent>
  ) {
    self.files = files
    reading = setup.inputs.reading
    takesPartialTail = setup.options.takesPartialTail
    needsHosts = setup.needsHosts
    hasher = setup.hasher
    self.knownBlocks = knownBlocks
    self.ahead = ahead
    self.jobs = jobs
    self.events = events
  }

  /// Reads files until none is left; the body of a reader's thread.
  func run() {
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < files.count else { return }
      var ending = FileEnding()
      do {
        try read(files[number], &ending)
      } catch {
        ending.problem = error.reason
        if case .missing = error { ending.isMissing = true }
      }
      events.put(.read(file: files[number].index, ending: ending))
    }
  }

  /// Takes back a chunk's buffer for reuse.
  func recycle(_ chunk: consuming Chunk) {
    let chunk = chunk
    spare.withLock { if $0.count < 16 { $0.append(chunk) } }
  }

  private func spareChunk() -> Chunk {
    spare.withLock { $0.popLast() } ?? .none
  }

  private func read(_ file: LogFile, _ ending: inout FileEnding) throws(InputError) {
    let source = try ByteSource(path: file.path)
    ending.openedAt = Int64(Date().timeIntervalSince1970 * 1e9)
    ending.factsBefore = source.facts
    do throws(FormatError) {
      ending.format = try reading.format(ofFile: file.path)
    } catch {
      ending.problem = "its format in the server configuration is invalid: \(error)"
      return
    }
    ending.isAdaptive = ending.format == nil
    if let earlier = file.earlier, isGrown(source, from: earlier) { resume(source, earlier, &ending) }
    let reader = ChunkReader(source, isContinuation: ending.isResumed)
    try handOut(reader, source, file, &ending)
    ending.problem = ending.problem ?? source.problem
    ending.tailBytes = reader.tailBytes
    note(source, reader, &ending)
  }

  /// Resumes reading where the file ended, in the format of its first lines. A file in which any line may be a
  /// header that changes the format is read from its start, and so is one whose format is no longer found.
  private func resume(_ source: ByteSource, _ earlier: CachedFile, _ ending: inout FileEnding) {
    let isDetected = ending.format == nil
    if isDetected { findFirstFormat(source, earlier, &ending) }
    let canResume = ending.format?.followsHeaders == false
    // Finding the format has read the first lines.
    ending.isResumed = source.resume(at: canResume ? Int(earlier.consumed) : 0) && canResume
    if isDetected, !ending.isResumed { ending.format = nil }
  }

  private func handOut(
    _ reader: ChunkReader, _ source: ByteSource, _ file: LogFile, _ ending: inout FileEnding
  ) throws(InputError) {
    let takesTail = takesPartialTail || source.isCompressed || source.facts == nil
    var finder = BlockFinder()
    var format: FileFormat?
    // A known block may end only in the next chunk.
    var held: FileChunk?
    defer { if let held { handOut(held) } }
    while ahead.waitForPlace(file.index) {
      guard let chunk = reader.next(reusing: spareChunk(), takesTail: takesTail) else {
        ahead.giveUpPlace()
        return
      }
      let isFirst = ending.chunks == 0
      let advice = isFirst ? adviseOrDetect(chunk, file, &ending) : nil
      guard let first = ending.format else {
        ahead.giveUpPlace()
        return
      }
      var current = format.take() ?? FileFormat(first, isAdaptive: ending.isAdaptive, reading)
      let lines = hasher.lines(of: chunk)
      var read = current.take(chunk, lines, file: file.index, sequence: ending.chunks)
      read.bytesRead = source.bytesRead
      read.isResumed = ending.isResumed
      read.advice = advice
      read.fileSite = file.site
      ending.format = current.format
      ending.endsInPart = current.endsInPart
      format = current
      findKnown(&read, &held, &finder)
      if let held { handOut(held) }
      held = read
      ending.chunks += 1
    }
  }

  /// Parses the lines of a chunk that have to be examined, and passes the chunk to the counter. A counter that is
  /// waiting gets it unparsed.
  private func handOut(_ chunk: consuming FileChunk) {
    if !jobs.isEmpty { chunk.parse(reading) }
    jobs.put(chunk)
  }

  /// Finds the lines of a chunk, and of the one before it, that form whole blocks of the ledger.
  private func findKnown(_ read: inout FileChunk, _ held: inout FileChunk?, _ finder: inout BlockFinder) {
    guard let knownBlocks else { return }
    let found = finder.add(read.lines.map(\.hash)) { knownBlocks.block($0) }
    read.known = found.here
    read.blockIDs = found.ids
    if let before = found.before { held?.known.append(before) }
  }

  /// Returns whether a file has only grown: its first bytes and those before its earlier end are unchanged.
  private func isGrown(_ source: ByteSource, from earlier: CachedFile) -> Bool {
    guard let resumption = earlier.resumption, let facts = source.facts, !source.isCompressed,
      facts.device == earlier.stat.device, facts.inode == earlier.stat.inode, facts.size > earlier.consumed
    else { return false }
    let ends = hashedEnds(source, before: Int(earlier.consumed))
    return ends.first == resumption.firstBytes && ends.last == resumption.lastBytes
  }

  private func hashedEnds(_ source: ByteSource, before offset: Int) -> (first: UInt64, last: UInt64) {
    let ends = source.ends(before: offset)
    return (
      hasher.hash(ends.first.span, 0..<ends.first.count), hasher.hash(ends.last.span, 0..<ends.last.count)
    )
  }

  /// Notes what a later run needs to know about the file.
  private func note(_ source: ByteSource, _ reader: ChunkReader, _ ending: inout FileEnding) {
    ending.factsAfter = source.currentFacts
    ending.canBeCached = ending.problem == nil && (source.isCompressed || !reader.tookTail)
    ending.consumed = source.bytesRead - reader.tailBytes
    // The rest of a line is useless without its beginning, so the next run reads the file from its start.
    if !source.isCompressed, !reader.endsLinesByCR, !ending.endsInPart {
      ending.ends = hashedEnds(source, before: ending.consumed)
    }
  }

  /// Uses the format in which the file was read before, with host names as clients if its first lines have them.
  /// Detects the format of the first lines if no format has the old name, or if that was found from too few lines and
  /// the others refute it.
  private func findFirstFormat(_ source: ByteSource, _ earlier: CachedFile, _ ending: inout FileEnding) {
    guard let chunk = ChunkReader(source).next(reusing: .none, takesTail: false) else { return }
    let known = earlier.format.flatMap(reading.format(named:))
    let wasSeenWhole = (earlier.resumption?.readable ?? 0) >= FormatDetector.sampleSize
    if let known, wasSeenWhole {
      ending.format = reading.calibrated(known, chunk.bytes.span, 0..<chunk.count)
      return
    }
    let found = reading.detect(chunk.bytes.span, 0..<chunk.count).format
    let isConfirmed = found.flatMap { found in known.map { found.includes($0) } } ?? false
    ending.format = isConfirmed ? known.map { reading.calibrated($0, chunk.bytes.span, 0..<chunk.count) } : found
  }

  /// Detects the format if it is unknown; otherwise returns which formats fit the first lines better, if any do.
  private func adviseOrDetect(_ chunk: borrowing Chunk, _ file: LogFile, _ ending: inout FileEnding) -> String? {
    if ending.isResumed { return nil }
    defer { hint(chunk, file, &ending) }
    guard let format = ending.format else {
      detect(chunk, &ending)
      return nil
    }
    ending.format = reading.calibrated(format, chunk.bytes.span, 0..<chunk.count)
    return reading.advice(chunk.bytes.span, 0..<chunk.count, known: format)
  }

  /// Notes hints from the first lines. Skips a file whose lines have to name their host but do not.
  private func hint(_ chunk: borrowing Chunk, _ file: LogFile, _ ending: inout FileEnding) {
    guard let format = ending.format, !reading.readsRequests else { return }
    let hints = ReadingHints(chunk.bytes.span, 0..<chunk.count, format, reading)
    for text in hints.texts { ending.remark = ending.remark.map { $0 + "; " + text } ?? text }
    guard needsHosts, file.site == nil, !hints.tellsHosts else { return }
    ending.format = nil
    ending.problem = HostCheck.reason
    // Other files are checked before anything is written; the lines of standard input are seen here first.
    ending.needsWord = file.path == InputPath.standardInput
  }

  /// Notes the format of the first lines (any format if all are blank or comments), or why none was chosen.
  private func detect(_ chunk: borrowing Chunk, _ ending: inout FileEnding) {
    let finding = reading.firstFormat(nil, chunk.bytes.span, 0..<chunk.count)
    ending.format = finding.format
    ending.needsWord = finding.isAmbiguous
    if ending.format == nil {
      ending.problem = DetectionText.refusal(finding)
    } else if finding.rate < 1, finding.lines > 0 {
      ending.remark = DetectionText.choice(finding)
    }
  }
}

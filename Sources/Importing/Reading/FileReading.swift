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
  /// All chunks of a file have been handed out.
  case read(file: Int, ending: FileEnding)
  /// The vault or something else that counting needs failed; the import cannot go on.
  case failed(any Error)
}

/// A file to be read.
struct LogFile: Sendable {
  /// The index of the file among those of the import.
  var index: Int
  var path: String
  /// What it was when it was last read, if it seems to have grown since.
  var earlier: CachedFile?
  /// The index of the site that its name tells.
  var site: Int?
}

/// Reads files into chunks of parsed lines, several at a time, each by one thread that also inflates it.
final class FileReading: Sendable {
  private let files: [LogFile]
  private let reading: LineReading
  private let takesPartialTail: Bool
  /// Whether each line has to tell which site it is of.
  private let needsHosts: Bool
  private let hasher: LineHasher
  /// Tells whole blocks of lines that need not be looked at; nil where each line has to be.
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

  /// Reads files until there is none left; the body of a reader's thread.
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

  /// Takes back a chunk's buffer.
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
      ending.problem = "its format in the configuration: \(error)"
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

  /// Reads on where the file ended, in the format of its first lines; a file whose header may change with any line is read
  /// from its start.
  private func resume(_ source: ByteSource, _ earlier: CachedFile, _ ending: inout FileEnding) {
    if ending.format == nil { findFirstFormat(source, earlier, &ending) }
    guard ending.format?.followsHeaders == false else { return }
    ending.isResumed = source.resume(at: Int(earlier.consumed))
  }

  private func handOut(
    _ reader: ChunkReader, _ source: ByteSource, _ file: LogFile, _ ending: inout FileEnding
  ) throws(InputError) {
    let takesTail = takesPartialTail || source.isCompressed || source.facts == nil
    var finder = BlockFinder()
    var format: FileFormat?
    // A known block may end in the next chunk only.
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

  /// Parses the lines of a chunk that somebody has to look at, and hands it to the counter; to one that waits as it is.
  private func handOut(_ chunk: consuming FileChunk) {
    if !jobs.isEmpty { chunk.parse(reading) }
    jobs.put(chunk)
  }

  /// Finds the lines of a chunk, and of the one before it, that are whole blocks of the ledger.
  private func findKnown(_ read: inout FileChunk, _ held: inout FileChunk?, _ finder: inout BlockFinder) {
    guard let knownBlocks else { return }
    let found = finder.add(read.lines.map(\.hash)) { knownBlocks.block($0) }
    read.known = found.here
    read.blockIDs = found.ids
    if let before = found.before { held?.known.append(before) }
  }

  /// Whether a file still is, byte for byte at its ends, what it was up to where it ended.
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

  /// Notes what a later run needs to know of the file.
  private func note(_ source: ByteSource, _ reader: ChunkReader, _ ending: inout FileEnding) {
    ending.factsAfter = source.currentFacts
    ending.canBeCached = ending.problem == nil && (source.isCompressed || !reader.tookTail)
    ending.consumed = source.bytesRead - reader.tailBytes
    // The rest of a line whose beginning was read is only of use with it, so the next run begins at the start.
    if !source.isCompressed, !reader.endsLinesByCR, !ending.endsInPart {
      ending.ends = hashedEnds(source, before: ending.consumed)
    }
  }

  /// Takes the format the file was read in before, with host names for clients where its first lines have them; finds that
  /// of the first lines where the name of the old one tells none.
  private func findFirstFormat(_ source: ByteSource, _ earlier: CachedFile, _ ending: inout FileEnding) {
    guard let chunk = ChunkReader(source).next(reusing: .none, takesTail: false) else { return }
    if let known = earlier.format.flatMap(reading.format(named:)) {
      ending.format = reading.calibrated(known, chunk.bytes.span, 0..<chunk.count)
    } else {
      detect(chunk, &ending)
    }
  }

  /// Finds the format where it is not known; else tells which ones fit better, if it does not fit the first lines.
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

  /// Notes what the first lines show; a file whose lines tell no host is left out where they have to.
  private func hint(_ chunk: borrowing Chunk, _ file: LogFile, _ ending: inout FileEnding) {
    guard let format = ending.format, !reading.readsRequests else { return }
    let hints = ReadingHints(chunk.bytes.span, 0..<chunk.count, format, reading)
    for text in hints.texts { ending.remark = ending.remark.map { $0 + "; " + text } ?? text }
    guard needsHosts, file.site == nil, !hints.tellsHosts else { return }
    ending.format = nil
    ending.problem = HostCheck.reason
    // Other files are looked at before anything is written; of standard input this is the first that is seen.
    ending.needsWord = file.path == InputPath.standardInput
  }

  /// Notes the format of the first lines, any where they are all blank or comments; or why there is none.
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

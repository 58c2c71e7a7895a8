import AccessLog
import ByteScanning
import Foundation
import LogInput
import Synchronization

/// A chunk on its way to a worker.
struct ParseJob: Sendable {
  var file: Int
  var sequence: Int
  var format: LogFormat
  var chunk: Chunk
  var bytesRead: Int
}

/// What readers and workers report to the thread that commits.
enum ImportEvent: Sendable {
  /// A chunk was counted.
  case counted(CountedChunk)
  /// All chunks of a file have been handed out.
  case read(file: Int, ending: FileEnding)
  /// The vault or something else a worker needs failed; the import cannot go on.
  case failed(any Error)
}

/// How the reading of a file ended.
struct FileEnding: Sendable {
  /// How many chunks were handed out.
  var chunks = 0
  /// The format; nil where the file has no line or could not be read.
  var format: LogFormat?
  /// What was wrong; nil where nothing was.
  var problem: String?
  /// Bytes after the last line end that were left for the next run.
  var tailBytes = 0
}

/// Reads files into chunks, several at a time, each by one thread that also inflates it.
///
/// The number of chunks on their way is bounded, so that memory is, too: a reader waits for a place before it reads on.
final class FileReading: Sendable {
  private let files: [String]
  private let format: LogFormat?
  private let takesPartialTail: Bool
  private let jobs: BlockingQueue<ParseJob>
  private let events: BlockingQueue<ImportEvent>
  private let next = Atomic<Int>(0)
  private let isCancelled = Atomic<Bool>(false)
  private let places: DispatchSemaphore
  private let spare = Mutex<[Chunk]>([])

  init(
    files: [String], format: LogFormat?, takesPartialTail: Bool, places: Int,
    jobs: BlockingQueue<ParseJob>, events: BlockingQueue<ImportEvent>
  ) {
    self.files = files
    self.format = format
    self.takesPartialTail = takesPartialTail
    self.jobs = jobs
    self.events = events
    self.places = DispatchSemaphore(value: places)
  }

  /// Reads files until there is none left; the body of a reader's thread.
  func run() {
    while true {
      let file = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard file < files.count, !isCancelled.load(ordering: .relaxed) else { return }
      var ending = FileEnding()
      do {
        try read(file, &ending)
      } catch {
        ending.problem = error.reason
      }
      events.put(.read(file: file, ending: ending))
    }
  }

  /// Takes back a chunk's buffer and its place.
  func recycle(_ chunk: Chunk) {
    spare.withLock { if $0.count < 16 { $0.append(chunk) } }
    places.signal()
  }

  /// Makes readers stop after the chunk at hand.
  func cancel() {
    isCancelled.store(true, ordering: .relaxed)
    for _ in 0..<64 { places.signal() }
  }

  private func read(_ file: Int, _ ending: inout FileEnding) throws(InputError) {
    let source = try ByteSource(path: files[file])
    let reader = ChunkReader(source)
    let takesTail = takesPartialTail || source.isCompressed || source.totalBytes == nil
    ending.format = format
    while !isCancelled.load(ordering: .relaxed) {
      places.wait()
      let buffer = spare.withLock { $0.popLast() } ?? .none
      guard let chunk = reader.next(reusing: buffer, takesTail: takesTail) else {
        places.signal()
        break
      }
      if ending.format == nil { ending.format = Self.detect(chunk) }
      guard let format = ending.format else {
        places.signal()
        ending.problem = Self.noFormat
        return
      }
      jobs.put(
        ParseJob(
          file: file, sequence: ending.chunks, format: format, chunk: chunk, bytesRead: source.bytesRead))
      ending.chunks += 1
    }
    ending.problem = source.damage?.description
    ending.tailBytes = reader.tailBytes
  }

  /// The format of the first lines; any where they are all blank or comments, nil where none fits.
  private static func detect(_ chunk: borrowing Chunk) -> LogFormat? {
    let finding = FormatDetector.detect(chunk.bytes.span, 0..<chunk.count)
    return finding.lines == 0 ? .combined : finding.format
  }

  private static let noFormat =
    "no line looks like an access log in a known format (\(FormatNames.list)); name its format with --format"
}

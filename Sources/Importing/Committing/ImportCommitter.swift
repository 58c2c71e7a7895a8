import AccessLog
import Foundation
import Hits
import Ledger
import LogInput
import StatsStore

/// Runs the readers and the counter, and commits their results: files in the order given, lines in their order.
struct ImportCommitter {
  /// How many counted lines of later files may wait; bounds memory.
  private static let waitingLines = 500_000

  private let setup: ImportSetup
  private let importID: Int64
  private let memory: FileResumption
  private let files: [LogFile]
  private let shouldStop: () -> Bool
  private let onProblem: (String) -> Void
  private let onProgress: (ImportProgress) -> Void
  private let jobs = BlockingQueue<FileChunk>()
  private let events = BlockingQueue<ImportEvent>()
  private let readers: Int
  private let ahead: ReadAhead
  private let reading: FileReading
  private var open: [Int: FileCommit] = [:]
  private var rejects: RejectsFile?
  private var lines = 0
  private var bytes: [Int: Int] = [:]
  private let totalBytes: Int?

  /// The summaries of the files read, by the files' index in the import.
  private(set) var summaries: [Int: ImportSummary.File] = [:]
  /// Hosts that belong to no site, with the number of their lines.
  private(set) var unknownHosts: [String: Int] = [:]
  /// What to remember about the files.
  private(set) var cached: [CachedFile] = []

  init(
    _ files: [LogFile], setup: ImportSetup, importID: Int64, shouldStop: @escaping () -> Bool,
    onProblem: @escaping (String) -> Void,
    onProgress: @escaping (ImportProgress) -> Void
  ) throws {
    let knownBlocks = try KnownBlocks(setup)
    readers = min(setup.options.workers, files.count)
    self.setup = setup
    self.importID = importID
    memory = setup.memory
    self.files = files
    self.shouldStop = shouldStop
    self.onProblem = onProblem
    self.onProgress = onProgress
    totalBytes = InputPath.totalBytes(of: files.map(\.path))
    ahead = ReadAhead(chunks: readers * 2 + 2, lines: Self.waitingLines)
    reading = FileReading(files, setup: setup, knownBlocks: knownBlocks, ahead: ahead, jobs: jobs, events: events)
  }

  /// Imports all files.
  ///
  /// - Throws: ``ImportStopped`` if the import is asked to stop; what was committed stays.
  mutating func run() throws {
    let options = setup.options
    rejects = try options.rejectsFile.map { try RejectsFile(path: $0, adds: options.addsToRejects) }
    for file in files { open[file.index] = try FileCommit(file, setup: setup, importID: importID) }
    startThreads()
    defer {
      ahead.cancel()
      jobs.abandon()
    }
    for file in files {
      if shouldStop() { throw ImportStopped() }
      ahead.giveTurn(to: file.index)
      while try !commit(file.index), let event = events.take() { try take(event) }
    }
  }

  private func startThreads() {
    let (reading, ahead, jobs, events) = (self.reading, self.ahead, self.jobs, self.events)
    let (environment, selection, rules) = (setup.environment, setup.options.selection, setup.inputs.events)
    let lines = setup.inputs.reading
    for _ in 0..<readers {
      ImportThread.start { reading.run() }
    }
    ImportThread.start {
      do {
        var counter = try ChunkCounter(
          environment: environment, selection: selection, events: rules, reading: lines)
        while let chunk = jobs.take() {
          var counted = try counter.count(consume chunk)
          reading.recycle(counted.takeBuffer())
          ahead.counted(counted.lines, of: counted.file)
          events.put(.counted(counted))
        }
      } catch {
        events.put(.failed(error))
      }
    }
  }

  private mutating func take(_ event: ImportEvent) throws {
    switch event {
    case .failed(let error): throw error
    case .read(let file, let ending): open[file]?.end(ending)
    case .counted(let chunk):
      lines += chunk.allLines + chunk.overlongLines
      bytes[chunk.file] = chunk.bytesRead
      open[chunk.file]?.add(chunk)
      onProgress(
        ImportProgress(
          lines: lines, bytes: bytes.values.reduce(0, +), totalBytes: totalBytes,
          stage: open[chunk.file]?.summary.name ?? ""))
    }
  }

  /// Commits what has arrived of the file whose turn it is; returns true once that is the whole file.
  private mutating func commit(_ file: Int) throws -> Bool {
    guard var entry = open.removeValue(forKey: file) else { return true }
    while let lines = try entry.commitNext(rejects, onProblem) {
      ahead.committed(lines, of: file)
      if !entry.isComplete, shouldStop() { throw ImportStopped() }
    }
    guard entry.isComplete else {
      open[file] = entry
      return false
    }
    if let cached = try entry.finish(memory, onProblem) { self.cached.append(cached) }
    summaries[file] = entry.summary
    unknownHosts.merge(entry.unknownHosts) { $0 + $1 }
    return true
  }
}

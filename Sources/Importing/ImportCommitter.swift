import AccessLog
import Foundation
import Hits
import Ledger
import LogInput
import StatsStore

/// Runs readers and workers and commits what they bring, file by file in the order of the lines.
struct ImportCommitter {
  private struct OpenFile {
    var assembly: FileAssembly
    var cursor = Ledger.Cursor()
    var id: Int64?
    var isRefused = false
    var summary: ImportSummary.File
  }

  private let setup: ImportSetup
  private let importID: Int64
  private let onProblem: (String) -> Void
  private let onProgress: (ImportProgress) -> Void
  private let jobs = BlockingQueue<ParseJob>()
  private let events = BlockingQueue<ImportEvent>()
  private let reading: FileReading
  private var open: [Int: OpenFile] = [:]
  private var rejects: RejectsFile?
  private var lines = 0
  private var bytes: [Int: Int] = [:]
  private let totalBytes: Int?

  /// The files, in the order given, once ``run()`` is done.
  private(set) var files: [ImportSummary.File]
  /// Hosts that are no site's, with their lines.
  private(set) var unknownHosts: [String: Int] = [:]

  init(
    setup: ImportSetup, importID: Int64, onProblem: @escaping (String) -> Void,
    onProgress: @escaping (ImportProgress) -> Void
  ) {
    self.setup = setup
    self.importID = importID
    self.onProblem = onProblem
    self.onProgress = onProgress
    files = setup.files.map { ImportSummary.File(name: $0) }
    totalBytes = InputPath.totalBytes(of: setup.files)
    reading = FileReading(
      files: setup.files, format: setup.format, takesPartialTail: setup.options.takesPartialTail,
      places: setup.options.workers * 2 + 2, jobs: jobs, events: events)
  }

  /// Imports all files.
  mutating func run() throws {
    rejects = try setup.options.rejectsFile.map(RejectsFile.init)
    startThreads()
    defer {
      reading.cancel()
      jobs.abandon()
    }
    var left = setup.files.count
    while left > 0, let event = events.take() {
      switch event {
      case .failed(let error): throw error
      case .counted(let chunk): try add(chunk)
      case .read(let file, let ending): openFile(file) { $0.assembly.end(ending) }
      }
      left -= try commitWhatIsReady()
    }
  }

  private func startThreads() {
    let reading = self.reading
    for _ in 0..<min(setup.options.workers, setup.files.count) {
      ImportThread.start { reading.run() }
    }
    let (jobs, events, surroundings, hasher) = (self.jobs, self.events, setup.surroundings, setup.hasher)
    for _ in 0..<setup.options.workers {
      ImportThread.start {
        var counter = ChunkCounter(surroundings: surroundings, hasher: hasher)
        while let job = jobs.take() {
          do {
            events.put(.counted(try counter.count(job)))
          } catch {
            events.put(.failed(error))
            return
          }
        }
      }
    }
  }

  private mutating func openFile(_ file: Int, _ change: (inout OpenFile) -> Void) {
    var entry = open[file] ?? OpenFile(assembly: FileAssembly(file: file), summary: files[file])
    change(&entry)
    open[file] = entry
  }

  private mutating func add(_ counted: CountedChunk) throws {
    var chunk = counted
    reading.recycle(chunk.buffer)
    chunk.buffer = .none
    lines += chunk.lines + chunk.overlongLines
    bytes[chunk.file] = chunk.bytesRead
    onProgress(
      ImportProgress(
        lines: lines, bytes: bytes.values.reduce(0, +), totalBytes: totalBytes, stage: files[chunk.file].name))
    openFile(chunk.file) { $0.assembly.add(chunk) }
  }

  /// Commits full windows and the last windows of complete files; returns how many files are done.
  private mutating func commitWhatIsReady() throws -> Int {
    var done = 0
    for (file, entry) in open where entry.assembly.isWindowFull || entry.assembly.isComplete {
      var entry = entry
      try commitWindow(&entry)
      if entry.assembly.isComplete {
        finish(&entry)
        files[file] = entry.summary
        open[file] = nil
        done += 1
      } else {
        open[file] = entry
      }
    }
    return done
  }

  private mutating func commitWindow(_ entry: inout OpenFile) throws {
    let chunks = entry.assembly.window
    let firstLines = entry.assembly.firstLines
    let isFirst = entry.id == nil
    entry.assembly.clearWindow()
    guard !entry.isRefused, !chunks.isEmpty else { return }
    for chunk in chunks { unknownHosts.merge(chunk.unknownHosts) { $0 + $1 } }
    if isFirst, let problem = rejectProblem(chunks) {
      refuse(&entry, problem)
      return
    }
    var commit = WindowCommit(
      store: setup.store, importID: importID, name: entry.summary.name, format: chunks[0].format)
    entry.summary.format = chunks[0].format
    let before = entry.cursor
    if let finding = try commit.keep(chunks, firstLines: firstLines, file: &entry.id, cursor: &entry.cursor) {
      entry.cursor = before
      refuse(&entry, Self.rearranged(finding))
      return
    }
    try commit.countOverlong(chunks.reduce(0) { $0 + $1.overlongLines }, file: &entry.id)
    entry.summary.outcomes += commit.outcomes
    try rejects?.write(commit.rejects, file: entry.summary.name)
  }

  /// Leaves out the rest of a file, for a reason that is told.
  private func refuse(_ entry: inout OpenFile, _ problem: String) {
    entry.isRefused = true
    entry.summary.problem = problem
    onProblem("\(entry.summary.name): \(problem)")
  }

  private func finish(_ entry: inout OpenFile) {
    guard let ending = entry.assembly.ending else { return }
    if entry.summary.format == nil { entry.summary.format = ending.chunks > 0 ? ending.format?.name : nil }
    if let problem = ending.problem, !entry.isRefused { refuse(&entry, problem) }
    if ending.tailBytes > 0 {
      entry.summary.remark =
        "the last line has no line end and is left for the next run; --final counts it"
    }
  }

  /// Why a file of whose lines too many are unreadable is left out.
  private func rejectProblem(_ chunks: [CountedChunk]) -> String? {
    var counts = OutcomeCounts()
    for chunk in chunks {
      for outcome in chunk.outcomes { counts[outcome] += 1 }
      counts[.malformedTooLong] += chunk.overlongLines
    }
    let readable = counts.total - counts[.malformedEmpty] - counts[.malformedComment]
    guard readable > 0, Double(counts.rejects) > setup.options.maxRejectRate * Double(readable) else { return nil }
    return
      "\(counts.rejects) of \(readable) lines are no \(chunks[0].format) log; name the format with --format (\(FormatNames.list)), or raise --max-reject-rate"
  }

  private static func rearranged(_ finding: Ledger.Finding) -> String {
    "a re-arranged copy of lines that are imported already (\(finding.knownSamples) of \(finding.samples) sampled lines are known); it was left out, import the original files"
  }
}

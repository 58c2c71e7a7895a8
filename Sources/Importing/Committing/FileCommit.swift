import AccessLog
import Foundation
import Hits
import Ledger
import StatsStore

/// Commits the windows of one file one after the other, or skips the file.
struct FileCommit {
  private let setup: ImportSetup
  private let importID: Int64
  private let earlier: CachedFile?
  private var assembly: ChunkSequencer
  private var state = WindowCommit.FileState()
  private var isResumed = false
  /// Whether the books of the import already contain the file, with the lines that were read from it earlier.
  private let isInBooks: Bool
  private var isRefused = false
  private var windows = 0
  private var overlongLines = 0
  private var readable = 0
  private var rejected = 0
  private var doubts = FileDoubts()
  /// The number of the first line that was read in each format.
  private var starts: [String: Int] = [:]
  /// The lines read, including those of earlier runs, by site and day.
  private var days: [OutcomeKey: Int] = [:]

  /// The summary of the file so far.
  private(set) var summary: ImportSummary.File
  /// Hosts that belong to no site, with the number of their lines.
  private(set) var unknownHosts: [String: Int] = [:]

  init(_ file: LogFile, setup: ImportSetup, importID: Int64) throws {
    self.setup = setup
    self.importID = importID
    earlier = file.earlier
    assembly = ChunkSequencer(
      windowLines: setup.options.windowLines, earlierLines: file.earlier?.lines.values.reduce(0, +) ?? 0)
    summary = ImportSummary.File(name: file.path)
    if setup.continued == importID {
      state.file = try setup.store.continueFile(named: file.path, ofImport: importID)
    }
    isInBooks = state.file != nil
  }

  /// Adds a chunk; chunks may arrive in any order.
  mutating func add(_ chunk: ChunkResult) {
    assembly.add(chunk)
  }

  /// Notes how reading ended.
  mutating func end(_ ending: FileEnding) {
    assembly.end(ending)
  }

  /// Whether all chunks have arrived and are committed; valid once ``commitNext(_:_:)`` has returned nil.
  var isComplete: Bool { assembly.isComplete }

  /// Commits the next complete window.
  ///
  /// - Returns: the number of its lines; nil if there is no complete window.
  mutating func commitNext(_ rejects: RejectsFile?, _ onProblem: (String) -> Void) throws -> Int? {
    guard let window = assembly.takeWindow() else { return nil }
    if windows == 0, window.chunks[0].isResumed { resume() }
    if !isRefused { try commit(window, rejects, onProblem) }
    windows += 1
    return window.lines
  }

  private mutating func commit(_ window: Window, _ rejects: RejectsFile?, _ onProblem: (String) -> Void) throws {
    count(window)
    if windows == 0, let problem = rejectProblem(window) {
      refuse(problem, onProblem)
      return
    }
    let format = window.chunks[window.chunks.count - 1].format
    var commit = newCommit(format)
    summary.format = format
    noteFormats(of: window)
    let overlong = window.overlongLines
    if !overlong.isEmpty { commit.besides[.without(.malformedTooLong)] = overlong.count }
    for (key, lines) in window.chunks.flatMap(\.excluded.counts) { commit.besides[key, default: 0] += lines }
    if windows == 0 { addEarlierLines(to: &commit) }
    if let finding = try commit.keep(window, &state) {
      refuse(Self.rearranged(finding), onProblem)
      return
    }
    try commit.keepBesides(&state)
    add(commit)
    try rejects?.write((overlong + commit.rejects).sorted { $0.number < $1.number }, file: summary.name)
  }

  /// Notes the first line that was read in each format, and the first one that may be misread.
  private mutating func noteFormats(of window: Window) {
    for (chunk, first) in zip(window.chunks, window.firstLines) {
      for (name, line) in chunk.firstUses { starts[name] = min(starts[name] ?? .max, first + line) }
      doubts.add(chunk.doubt, chunk.suggestion, firstLine: first)
    }
  }

  /// The first line of each format, in words; nil if the format did not change.
  private var changes: String? {
    let known = isResumed ? earlier?.format.map(LogFormat.names(in:)) ?? [] : []
    let new = starts.filter { !known.contains($0.key) }
    guard isResumed ? !new.isEmpty : new.count > 1 else { return nil }
    let sorted = new.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return sorted.map { "\($0.key) from line \($0.value) on" }.joined(separator: ", ")
  }

  private mutating func add(_ commit: WindowCommit) {
    summary.outcomes += commit.outcomes
    days.merge(commit.days) { $0 + $1 }
    unknownHosts.merge(commit.unknownHosts) { $0 + $1 }
  }

  private func newCommit(_ format: String) -> WindowCommit {
    var commit = WindowCommit(
      store: setup.store, importID: importID, name: summary.name, format: format, overlap: setup.options.overlap,
      comparesEachLine: setup.comparesEachLine)
    commit.output = setup.output
    return commit
  }

  /// Starts the file where an earlier run ended.
  private mutating func resume() {
    guard let earlier, let resumption = earlier.resumption else { return }
    isResumed = true
    state.cursor = LedgerCursor(resumingAt: resumption.place)
    readable = resumption.readable
    rejected = resumption.rejects
  }

  /// Adds the lines of an earlier run to the books, as if they had been read again and found known.
  private mutating func addEarlierLines(to commit: inout WindowCommit) {
    guard isResumed, let earlier else { return }
    if isInBooks {
      days.merge(earlier.lines) { $0 + $1 }
    } else {
      commit.besides.merge(earlier.lines) { $0 + $1 }
    }
  }

  /// Skips the rest of the file and reports the reason.
  private mutating func refuse(_ problem: String, _ onProblem: (String) -> Void) {
    isRefused = true
    summary.problem = problem
    onProblem("\(summary.name): \(problem)")
  }

  /// Completes the summary once everything is committed.
  ///
  /// - Returns: what to remember about the file; nil if remembering it saves nothing.
  mutating func finish(_ files: FileResumption, _ onProblem: (String) -> Void) throws -> CachedFile? {
    guard var ending = assembly.ending else { return nil }
    if summary.format == nil { summary.format = ending.chunks > 0 || ending.isResumed ? ending.format?.name : nil }
    if ending.isResumed, windows == 0 {
      resume()
      var commit = newCommit(ending.format?.name ?? "")
      addEarlierLines(to: &commit)
      try commit.keepBesides(&state)
      add(commit)
    }
    if let problem = ending.problem, !isRefused { refuse(problem, onProblem) }
    summary.needsWord = ending.needsWord
    summary.isMissing = ending.isMissing
    summary.remark = ending.remark
    if let changes { summary.addRemark(changes) }
    if ending.tailBytes > 0 { summary.addRemark(ImportSummary.File.partialTail) }
    if let problem = summary.problem {
      try setup.store.noteProblem(
        problem, ofFile: state.file, name: summary.name, format: summary.format ?? "", import: importID)
    }
    if !isRefused { warn(onProblem) }
    guard !isRefused, overlongLines == 0 else { return nil }
    ending.readable = readable
    ending.rejects = rejected
    let place = try setup.store.ledger { _, rows in try state.cursor.placeToResume(in: rows) }
    return files.cached(summary.name, ending, days, place)
  }
}

// Files with too many malformed lines, or with lines that are known in another order.
extension FileCommit {
  private mutating func count(_ window: Window) {
    var counts = OutcomeCounts()
    for chunk in window.chunks {
      for outcome in chunk.outcomes { counts[outcome] += 1 }
      for (key, lines) in chunk.excluded.counts { counts[key.outcome] += lines }
      counts[.malformedTooLong] += chunk.overlongLines
    }
    overlongLines += counts[.malformedTooLong]
    readable += counts.total - counts[.malformedEmpty] - counts[.malformedComment]
    rejected += counts.rejects + (setup.inputs.reading.readsRequests ? counts.invalid : 0)
  }

  /// The reason to skip a file if too many of its first lines are malformed; nil if they are not.
  private func rejectProblem(_ window: Window) -> String? {
    guard readable > 0, Double(rejected) > setup.options.maxRejectRate * Double(readable) else { return nil }
    if setup.inputs.reading.readsRequests {
      let first = window.firstBrokenRule.map { "line \($0.line): \($0.rule); " } ?? ""
      return
        "\(rejected) of \(readable) lines are not valid collect requests; \(first)see docs/api.md, or raise --max-reject-rate; to count logs, use footfall import"
    }
    let first = window.chunks[0]
    let suggestion = window.chunks.compactMap(\.suggestion).first.map { "this may fit: --format '\($0)'" }
    let problem = "\(rejected) of \(readable) lines do not match the format \(first.format); "
    // If few lines match, a higher rate would only hide that the format is wrong.
    if rejected * 4 > readable * 3 {
      return problem + (first.advice ?? suggestion ?? "no known one fits more of them; \(DetectionText.howToDescribe)")
    }
    let advice = first.advice ?? suggestion ?? "name the right one with --format (footfall formats)"
    return problem + "\(advice), or raise --max-reject-rate"
  }

  /// Reports a problem with the outcomes of the lines, if there is one.
  private mutating func warn(_ onProblem: (String) -> Void) {
    summary.warning =
      FileWarning.text(summary.outcomes, doubts.suggestion, areRequests: setup.inputs.reading.readsRequests)
      ?? doubts.run.map { $0.warning(summary.format ?? "") + "; " + FileWarning.undo }
    if let warning = summary.warning { onProblem("\(summary.name): \(warning)") }
  }

  private static func rearranged(_ finding: Ledger.Finding) -> String {
    "a rearranged copy of lines that were imported before (\(finding.knownSamples) of \(finding.samples) sampled lines are known); it was skipped; import the original files, or see --overlap in footfall help import"
  }
}

extension OutcomeKey {
  /// Returns the key of lines that have neither site nor day.
  fileprivate static func without(_ outcome: Outcome) -> OutcomeKey {
    OutcomeKey(site: 0, day: noDay, outcome: outcome)
  }
}

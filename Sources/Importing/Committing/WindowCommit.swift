import Foundation
import Hits
import Ledger
import StatsStore

/// Compares a window with the ledger and stores what is new, in transactions with a bounded number of lines.
struct WindowCommit {
  /// The largest number of new lines in a transaction: enough for a usual window, which ends with a chunk.
  static let linesPerTransaction = 300_000

  let store: StatsStore
  let importID: Int64
  let name: String
  let format: String
  let overlap: OverlapRule
  /// Whether lines are compared one by one, because the lines in the ledger were imported with other rules.
  let comparesEachLine: Bool
  /// Receives parts instead of store and ledger; all lines are new then. Nil for an import.
  var output: ((ImportPart) throws -> Void)?
  /// The outcomes of lines that are not part of the window but enter the books with it.
  var besides: [OutcomeKey: Int] = [:]

  /// Hosts that belong to no site, with the number of their new lines.
  private(set) var unknownHosts: [String: Int] = [:]
  /// The lines by site and day, with the outcomes they will have when they are read again.
  private(set) var days: [OutcomeKey: Int] = [:]
  /// The outcomes of the window's lines.
  private(set) var outcomes = OutcomeCounts()
  /// The malformed lines.
  private(set) var rejects: [RejectedLine] = []

  init(store: StatsStore, importID: Int64, name: String, format: String, overlap: OverlapRule, comparesEachLine: Bool) {
    self.store = store
    self.importID = importID
    self.name = name
    self.format = format
    self.overlap = overlap
    self.comparesEachLine = comparesEachLine
  }

  /// Whether known lines are subtracted one for one.
  private var subtracts: Bool { overlap == .lines || comparesEachLine }

  /// What is remembered about the file between its windows.
  struct FileState {
    /// The file's id in the database; set by the first transaction.
    var file: Int64?
    var cursor = LedgerCursor()
    var subtraction = LineSubtraction()
  }

  /// Stores what is new in a window.
  ///
  /// - Returns: the finding, with nothing stored, if the window is a rearranged copy of known lines; otherwise nil.
  mutating func keep(_ window: Window, _ state: inout FileState) throws -> Ledger.Finding? {
    if let output {
      try output(part(of: window))
      return nil
    }
    let ledgerLines = window.ledgerLines
    let (finding, isTaken) = try store.ledger { ledger, _ in
      let finding =
        comparesEachLine ? Ledger.Finding(allNew: ledgerLines) : try ledger.find(ledgerLines, from: state.cursor)
      let isTaken =
        subtracts ? try ledger.subtract(finding, from: ledgerLines, using: &state.subtraction) : []
      return (finding, isTaken)
    }
    if overlap == .refuse, !comparesEachLine, finding.isRearranged { return finding }
    var lines = WindowCursor(chunks: window.chunks, firstLines: window.firstLines, isTaken: isTaken)
    for region in finding.regions { try keep(region, &lines, &state) }
    state.cursor.end(ledgerLines)
    return nil
  }

  /// Returns a part with all lines of a window as new ones.
  private mutating func part(of window: Window) -> ImportPart {
    var lines = WindowCursor(chunks: window.chunks, firstLines: window.firstLines, isTaken: [])
    var part = newPart(nil)
    take(window.lines, isKnown: false, from: &lines, into: &part)
    note(part)
    return part
  }

  private mutating func keep(
    _ region: Ledger.Region, _ lines: inout WindowCursor, _ state: inout FileState
  ) throws {
    var rest = region.lines.count
    // After a subtraction, the remaining lines are a stream of their own, so that none is subtracted for another one.
    var stream = subtracts ? nil : region.continues
    while rest > 0 {
      let count = region.isKnown ? rest : min(rest, Self.linesPerTransaction)
      var part = newPart(state.file)
      part.stream = stream
      take(count, isKnown: region.isKnown, from: &lines, into: &part)
      (state.file, stream) = try store.commit(part)
      note(part)
      rest -= count
    }
    if subtracts, let stream { state.subtraction.own(stream) }
    state.cursor.pass(region, storedIn: stream, isWhole: !subtracts)
  }

  /// Adds ``besides`` to the books, unless a part of the window has done so.
  mutating func keepBesides(_ state: inout FileState) throws {
    guard !besides.isEmpty else { return }
    let part = newPart(state.file)
    state.file = try store.commit(part).file
    note(part)
  }

  private mutating func note(_ part: ImportPart) {
    for (key, lines) in part.outcomes {
      outcomes[key.outcome] += lines
      let later = key.outcome.isExcluded ? key.outcome : .alreadyImported
      days[OutcomeKey(site: key.site, day: key.day, outcome: later), default: 0] += lines
    }
  }

  private mutating func newPart(_ file: Int64?) -> ImportPart {
    var part = ImportPart(
      importID: importID, file: file, name: name, format: format, now: Int64(Date().timeIntervalSince1970))
    part.outcomes = besides
    part.lines = besides.values.reduce(0, +)
    besides = [:]
    return part
  }

  /// Adds the next lines of the window to a part.
  private mutating func take(_ count: Int, isKnown: Bool, from lines: inout WindowCursor, into part: inout ImportPart) {
    part.lines += count
    var tally = OutcomeTally()
    defer { tally.add(to: &part.outcomes) }
    for slice in lines.next(count) {
      let chunk = slice.chunk
      for line in slice.lines {
        let isKnown = isKnown || slice.isTaken(line)
        let outcome = isKnown ? .alreadyImported : chunk.outcomes[line]
        tally.add(outcome, site: chunk.sites[line], day: chunk.days[line])
        if outcome.isReject || outcome.isInvalid && !chunk.brokenRules.isEmpty {
          rejects.append(
            RejectedLine(
              number: slice.firstLine + chunk.number(ofLine: line), outcome: outcome,
              rule: chunk.brokenRules[Int32(line)]))
        }
      }
      guard !isKnown else { continue }
      addNewLines(slice, to: &part)
      addQuarters(slice, to: &part)
      for (host, lines) in chunk.unknownHosts {
        let new = lines.count { slice.holds($0) }
        if new > 0 { unknownHosts[host, default: 0] += new }
      }
    }
  }

  /// Counts new lines by quarter of an hour. Neighbouring lines usually share one, so few lookups are needed.
  private func addQuarters(_ slice: WindowCursor.Slice, to part: inout ImportPart) {
    let chunk = slice.chunk
    var last: LineQuarter?
    var lines = 0
    for line in slice.lines where chunk.sites[line] != 0 && chunk.outcomes[line].isNewInItsDay && !slice.isTaken(line) {
      let quarter = LineQuarter(site: chunk.sites[line], day: chunk.days[line], time: chunk.times[line])
      if quarter != last {
        if let last { part.quarters[last, default: 0] += lines }
        last = quarter
        lines = 0
      }
      lines += 1
    }
    if let last { part.quarters[last, default: 0] += lines }
  }

  private func addNewLines(_ slice: WindowCursor.Slice, to part: inout ImportPart) {
    let chunk = slice.chunk
    if slice.takenFrom == nil {
      part.newLines.ids.add(chunk.blockIDs, endingIn: slice.lines, from: part.newLines.hashes.count)
      part.newLines.hashes += chunk.hashes[slice.lines]
      part.newLines.times += chunk.times[slice.lines]
      part.newDays += chunk.days[slice.lines]
      part.newSites += chunk.sites[slice.lines]
    } else {
      for line in slice.lines where !slice.isTaken(line) {
        part.newLines.hashes.append(chunk.hashes[line])
        part.newLines.times.append(chunk.times[line])
        part.newDays.append(chunk.days[line])
        part.newSites.append(chunk.sites[line])
      }
    }
    let batch = chunk.batch
    let hits = slice.isWhole ? Array(batch.lines.indices) : batch.lines.indices.filter { slice.holds(batch.lines[$0]) }
    let notes = slice.isWhole ? batch.notes : batch.notes.filter { slice.holds($0.line) }
    if !hits.isEmpty || !notes.isEmpty {
      part.hits.append(HitSlice(batch: batch, indices: hits, notes: notes))
    }
    guard !batch.robotRequests.isEmpty else { return }
    let requests = slice.isWhole ? batch.robotRequests : batch.robotRequests.filter { slice.holds($0.line) }
    let feeds = slice.isWhole ? batch.feedRequests : batch.feedRequests.filter { slice.holds($0.line) }
    part.robots.append(RobotSlice(batch: batch, requests: requests, feeds: feeds))
  }
}

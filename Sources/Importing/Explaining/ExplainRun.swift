import AccessLog
import ByteScanning
import Foundation
import Hits
import Ledger
import LogInput
import PrivacyPipeline
import StatsStore

/// Runs lines through the stages of an import one by one and reports the result of each stage; writes nothing.
public final class ExplainRun {
  let setup: ImportSetup
  private let trace = StageTrace()
  private(set) var counter: ChunkCounter
  private let file: String

  /// Checks the options and opens what an import would use.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``.
  public init(_ options: ImportOptions) throws {
    setup = try ImportSetup(explaining: options)
    guard setup.inputs.files.count == 1, let file = setup.inputs.files.first else {
      throw ImportFailure.usage("\(setup.inputs.files.count) files; explain reads one file at a time")
    }
    self.file = file
    counter = try ChunkCounter(
      environment: setup.environment, selection: options.selection, events: setup.inputs.events,
      reading: setup.inputs.reading, trace: trace)
  }

  /// Explains lines.
  ///
  /// - Parameters:
  ///   - wanted: the numbers of the lines, from 1; the file is read no further than needed.
  ///   - withRows: whether to compute the rows of statistics that each line would add.
  ///   - withBehaviour: whether to read the whole file and judge the line's visitor by its whole day.
  /// - Returns: the number of the last line that was read.
  /// - Throws: ``ImportFailure`` if the file cannot be read or has no known format.
  public func run(
    lines wanted: ClosedRange<Int>, withRows: Bool, withBehaviour: Bool = false, onLine: (Explanation) -> Void
  ) throws -> Int {
    let source: ByteSource
    do throws(InputError) { source = try ByteSource(path: file) } catch {
      throw ImportFailure.failed("\(file): \(error.reason)")
    }
    if withBehaviour, source.facts == nil {
      throw ImportFailure.usage(
        "\(file): --behaviour reads the log twice, which only a file allows; write the lines into a file and name it")
    }
    let reader = ChunkReader(source)
    var format: LogFormat?
    do throws(FormatError) { format = try setup.inputs.reading.format(ofFile: file) } catch {
      throw ImportFailure.failed("\(file): its format in the server configuration is invalid: \(error)")
    }
    let reading = setup.inputs.reading
    let isAdaptive = format == nil
    var current: FileFormat?
    var number = 0
    while number < wanted.upperBound, let chunk = reader.next(reusing: .none, takesTail: true) {
      if current == nil {
        let finding = reading.firstFormat(format, chunk.bytes.span, 0..<chunk.count)
        guard let found = finding.format else {
          throw ImportFailure.failed("\(file): \(DetectionText.refusal(finding))")
        }
        format = found
        current = FileFormat(found, isAdaptive: isAdaptive, reading)
      }
      guard var following = current.take() else { break }
      for _ in 0..<chunk.overlongLines {
        number += 1
        if wanted.contains(number) { onLine(Self.overlong(number, following.format)) }
      }
      var read = following.take(chunk, setup.hasher.lines(of: chunk), file: 0, sequence: 0)
      read.fileSite = setup.site(ofFile: file)
      current = following
      for index in read.lines.indices where number < wanted.upperBound {
        number += 1
        let line = read.alone(index, setup.hasher)
        if wanted.contains(number) { onLine(try explain(number, line, withRows, withBehaviour)) }
        // Any line may be a header that changes the format.
        read.format = read.format.after(line.chunk.bytes.span, 0..<line.chunk.count)
      }
    }
    return number
  }

  private static func overlong(_ number: Int, _ format: LogFormat) -> Explanation {
    let stage = Explanation.Stage(name: "read line", outcome: .malformedTooLong, detail: "")
    return Explanation(number: number, format: format.name, stages: [stage], outcome: .malformedTooLong)
  }

  private func explain(
    _ number: Int, _ read: FileChunk, _ withRows: Bool, _ withBehaviour: Bool
  ) throws -> Explanation {
    trace.removeAll()
    counter.client = nil
    let counted = try counter.count(read)
    let (site, ending) = Self.end(counted)
    var explanation = Explanation(
      number: number, format: counted.readIn ?? counted.format,
      fields: ExplainedFields(counter.line, counted.buffer.bytes).fields,
      stages: trace.notes.map { Explanation.Stage(name: $0.stage, outcome: $0.outcome, detail: $0.detail) },
      outcome: ending)
    if let site = setup.sites.profiles.first(where: { $0.id == site }) {
      explanation.moment = (site.host, Self.localTime(counter.line.timestamp, site.calendar))
      if withRows { explanation.rows = try rows(counted, site) }
      explanation.behaviour = try behaviour(counted, site, ending, isAsked: withBehaviour)
    }
    return explanation
  }

  /// Returns the site id and the outcome of the only line of a chunk.
  private static func end(_ counted: ChunkResult) -> (site: UInt32, outcome: Outcome) {
    if let excluded = counted.excluded.counts.first { return (excluded.key.site, excluded.key.outcome) }
    return (counted.sites[0], counted.outcomes[0])
  }

  /// Formats an instant as local date and time, such as `2026-11-02 10:00:00`.
  static func localTime(_ instant: Int64, _ calendar: LocalCalendar) -> String {
    let local = instant + Int64(calendar.offset(at: instant))
    let day = LocalCalendar.utc.day(at: local)
    let second = Int(local - Int64(day) * 86_400)
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return DayName.name(day) + " " + clock.joined(separator: ":")
  }

  /// Stores the hits of one line in a temporary database in memory, counts the day, and returns its rows.
  private func rows(_ counted: ChunkResult, _ site: SiteProfile) throws -> [StatisticsRow] {
    let batch = counted.batch
    guard !batch.hits.isEmpty || !batch.robotRequests.isEmpty else { return [] }
    let store = try StatsStore(inMemoryAs: file)
    try store.adopt(site)
    let now = Int64(Date().timeIntervalSince1970)
    let id = try store.beginImport(version: setup.options.version, site: site.id, now: now)
    var part = ImportPart(importID: id, file: nil, name: file, format: counted.format, now: now)
    part.lines = 1
    part.outcomes = [OutcomeKey(site: site.id, day: counted.days[0], outcome: counted.outcomes[0]): 1]
    part.hits = [
      HitSlice(batch: batch, indices: Array(batch.hits.indices), notes: batch.notes)
    ]
    part.robots = [RobotSlice(batch: batch, requests: batch.robotRequests, feeds: batch.feedRequests)]
    _ = try store.commit(part)
    try store.rebuildDirtyDays()
    return try store.rows(site: site.id, day: counted.days[0])
  }
}

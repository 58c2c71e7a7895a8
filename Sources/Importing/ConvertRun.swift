import AccessLog
import Collecting
import Foundation
import Hits
import LogInput
import PrivacyPipeline
import StatsStore

/// Converts the lines that an import would count into collect request bodies; writes nothing but its output.
public final class ConvertRun {
  private let setup: ImportSetup
  private let converter = RequestConverter()
  private var counter: ChunkCounter

  /// Checks the options and opens everything the conversion needs.
  ///
  /// - Parameter trackingID: the tracking id for all bodies; nil for those of the database's sites.
  /// - Throws: ``ImportFailure``, ``StoreError``.
  public init(_ options: ImportOptions, trackingID: String?) throws {
    setup = try ImportSetup(converting: options, trackingID: trackingID)
    counter = try ChunkCounter(
      environment: setup.environment, selection: options.selection, events: setup.inputs.events,
      reading: setup.inputs.reading, converter: converter)
  }

  /// Reads all files, one after the other.
  ///
  /// - Parameters:
  ///   - onProblem: called for each file that could not be read completely.
  ///   - output: receives the bodies, one JSON object per line.
  /// - Returns: whether all files could be read completely.
  public func run(
    onProblem: (String) -> Void, output: ([UInt8]) throws -> Void
  ) throws -> Bool {
    var problems = setup.inputs.unreadable.compactMap(\.complaint)
    problems.forEach(onProblem)
    for file in setup.inputs.files {
      guard let problem = try convert(file, output) else { continue }
      problems.append(problem)
      onProblem("\(file): \(problem)")
    }
    return problems.isEmpty
  }

  /// Reads one file.
  ///
  /// - Returns: the problem with the file; nil if there is none.
  private func convert(_ file: String, _ output: ([UInt8]) throws -> Void) throws -> String? {
    let source: ByteSource
    var format: LogFormat?
    do throws(InputError) { source = try ByteSource(path: file) } catch { return error.reason }
    do throws(FormatError) { format = try setup.inputs.reading.format(ofFile: file) } catch {
      return "its format in the server configuration is invalid: \(error)"
    }
    let reader = ChunkReader(source)
    let site = setup.site(ofFile: file)
    let isAdaptive = format == nil
    var current: FileFormat?
    var outcomes = OutcomeCounts()
    var doubts = FileDoubts()
    while let chunk = reader.next(reusing: .none, takesTail: true) {
      if current == nil {
        let reading = setup.inputs.reading
        let finding = reading.firstFormat(format, chunk.bytes.span, 0..<chunk.count)
        guard let found = finding.format else { return DetectionText.refusal(finding) }
        current = FileFormat(found, isAdaptive: isAdaptive, reading)
      }
      guard var following = current.take() else { break }
      var read = following.take(chunk, setup.hasher.lines(of: chunk), file: 0, sequence: 0)
      read.fileSite = site
      format = following.format
      current = following
      let counted = try counter.count(read)
      outcomes.add(counted)
      doubts.addNext(
        counted.doubt, counted.suggestion, overlong: counted.overlongLines, lines: counted.allLines)
      try output(converter.takeBodies())
    }
    return source.problem ?? rejectProblem(outcomes, format) ?? doubts.run?.warning(format?.name ?? "")
  }

  private func rejectProblem(_ outcomes: OutcomeCounts, _ format: LogFormat?) -> String? {
    let readable = outcomes.total - outcomes[.malformedEmpty] - outcomes[.malformedComment]
    guard let format, Double(outcomes.rejects) > setup.options.maxRejectRate * Double(readable) else { return nil }
    return
      "\(outcomes.rejects) of \(readable) lines do not match the format \(format.name); name the right one with --format"
  }
}

extension OutcomeCounts {
  /// Adds all lines of a chunk.
  mutating func add(_ chunk: ChunkResult) {
    for outcome in chunk.outcomes { self[outcome] += 1 }
    for (key, lines) in chunk.excluded.counts { self[key.outcome] += lines }
    self[.malformedTooLong] += chunk.overlongLines
  }
}

extension ImportSetup {
  /// Sets up the conversion of lines for the sites of the database, or for one tracking id; no day is sealed.
  ///
  /// - Throws: ``ImportFailure``, ``StoreError``.
  init(converting options: ImportOptions, trackingID: String?) throws {
    let inputs = try ImportInputs(options)
    let memory = try StatsStore(inMemoryAs: options.database)
    let sites = try Self.sites(converting: options, trackingID)
    self.init(inMemory: memory, options, inputs, geo: nil, sites: sites)
  }

  private static func sites(converting options: ImportOptions, _ trackingID: String?) throws -> SiteDirectory {
    let period = options.selection.period
    if let trackingID {
      let id = Array(trackingID.utf8)
      guard Validation.isTrackingID(id.span, id.indices) else {
        throw ImportFailure.usage("--tracking-id must be gx_ followed by twelve letters or digits")
      }
      guard let host = options.site.map({ HostName.canonical($0) }) else {
        throw ImportFailure.usage("--tracking-id requires --site, the host of the pages")
      }
      let site = SiteProfile(
        id: 1, trackingID: trackingID, host: host, hosts: [host], timeZone: "UTC", calendar: .utc)
      return SiteDirectory([site], only: 0, period: period)
    }
    guard FileManager.default.fileExists(atPath: options.database) else { throw ImportFailure.usage(noSite) }
    let store = try StatsStore(path: options.database, mode: .read)
    let known = try store.sites().map { site in
      var site = site
      site.sealedDays = []
      return site
    }
    guard let host = options.site else {
      guard !known.isEmpty else { throw ImportFailure.usage(noSite) }
      return SiteDirectory(known, period: period)
    }
    let name = try store.site(named: HostName.canonical(host)).id
    return SiteDirectory(known, only: known.firstIndex { $0.id == name }, period: period)
  }

  private static let noSite =
    "no site for these lines; give --site and --tracking-id, or a database (--db) with sites (footfall sites add)"
}

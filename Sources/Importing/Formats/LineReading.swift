import AccessLog
import ByteScanning
import Collecting
import Foundation
import Hits
import LogInput
import PrivacyPipeline
import StatsStore

/// How lines are read: the options, checked and ready.
struct LineReading: Sendable {
  /// Whether lines are collect requests.
  let readsRequests: Bool
  /// The time of requests that name none, in Unix seconds.
  let now = Int64(Date().timeIntervalSince1970)
  /// The format of all files; nil where it is found out file by file.
  let asked: LogFormat?
  /// The configuration that tells the formats of files; nil where none is given.
  private let configuration: ServerConfiguration?
  private let detector: FormatDetector
  /// The zone of times that name none.
  let zone: LocalCalendar
  /// The proxies that are believed.
  let proxies: TrustedProxies
  /// What stands for the clients of lines.
  let clients = ClientHasher()

  /// Checks the options and reads the configurations they name.
  ///
  /// - Throws: ``ImportFailure``.
  init(_ options: ReadingOptions) throws {
    readsRequests = options.readsRequests
    zone = try Self.zone(options.timeZone)
    do {
      proxies = try TrustedProxies(options.trustedProxies)
    } catch {
      throw ImportFailure.usage("--trusted-proxy: \(error.description)")
    }
    configuration = try Self.configuration(options)
    let asked = readsRequests ? .requests : try Self.format(options.format, configuration)
    self.asked = asked
    detector = FormatDetector(own: (asked.map { [$0] } ?? []) + (configuration?.allFormats ?? []), zone: zone)
  }

  /// How many of the lines that a format does not fit are looked at to find one that does.
  private static let misfitsLookedAt = 100

  /// The format that fits lines which the known one does not fit; nil where none does.
  func otherFormat(than known: LogFormat, ofLines lines: [Range<Int>], _ bytes: Span<UInt8>) -> LogFormat? {
    let step = max(1, lines.count / Self.misfitsLookedAt)
    var text: [UInt8] = []
    for index in stride(from: 0, to: lines.count, by: step) {
      ByteCopy.append(bytes, lines[index], to: &text)
      text.append(Byte.newline)
    }
    guard let found = detector.detect(text.span, 0..<text.count).format else { return nil }
    let names = known.alternatives.map(\.name)
    // Whether clients may be names is told by a log's first lines: a few lines with a name are another thing.
    let others = found.alternatives.filter { !names.contains($0.name) && (!$0.acceptsNames || known.acceptsNames) }
    return others.first.map { $0.mixed(with: Array(others.dropFirst())) }
  }

  /// The format that a file was read in before, found by its name; nil where the name tells none.
  func format(named name: String) -> LogFormat? {
    let formats = LogFormat.names(in: name).map { part in
      configuration?.formats[part] ?? FormatText.found(part)
    }
    guard let first = formats.first ?? nil, !formats.contains(nil) else { return nil }
    return first.mixed(with: formats.dropFirst().compactMap { $0 })
  }

  /// The format that is known of a file before it is read.
  ///
  /// - Throws: ``FormatError`` where the configuration's format of the file cannot be read.
  func format(ofFile path: String) throws(FormatError) -> LogFormat? {
    if let asked { return asked }
    return try configuration?.format(ofLog: AbsolutePath.of(path))
  }

  /// What the first lines of a file look like.
  func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> FormatDetector.Finding {
    detector.detect(bytes, range)
  }

  /// The format as these lines have it: with host names for clients, where more than a quarter are.
  func calibrated(_ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> LogFormat {
    guard !readsRequests else { return format }
    return detector.judge(format, bytes, range)?.candidate.format ?? format
  }

  /// The format of a file by its first lines: the known one as they have it, else the one that is found; any where they are
  /// all blank or comments.
  func firstFormat(_ known: LogFormat?, _ bytes: Span<UInt8>, _ range: Range<Int>) -> FormatDetector.Finding {
    var finding = FormatDetector.Finding()
    if let known {
      finding.format = calibrated(known, bytes, range)
    } else {
      finding = detect(bytes, range)
      if finding.lines == 0 { finding.format = .combined }
    }
    return finding
  }

  /// What the first lines of a file on disk look like.
  ///
  /// - Throws: ``ImportFailure``.
  func detect(file path: String) throws -> FormatDetector.Finding {
    do throws(InputError) {
      let reader = ChunkReader(try ByteSource(path: path))
      guard let chunk = reader.next(reusing: .none, takesTail: true) else { return FormatDetector.Finding() }
      return detector.detect(chunk.bytes.span, 0..<chunk.count)
    } catch {
      throw ImportFailure.failed("\(path): \(error.reason)")
    }
  }

  /// The share of the first lines that a format fits, 0–1; nil where there are none.
  func share(of format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    detector.judge(format, bytes, range).map { Double($0.candidate.fitting) / Double($0.lines) }
  }

  /// What the first lines of a file on disk show besides their format.
  ///
  /// - Throws: ``ImportFailure``.
  func hints(file path: String, _ format: LogFormat?) throws -> [String] {
    guard let format else { return [] }
    do throws(InputError) {
      let reader = ChunkReader(try ByteSource(path: path))
      guard let chunk = reader.next(reusing: .none, takesTail: true) else { return [] }
      return ReadingHints(chunk.bytes.span, 0..<chunk.count, format, self).texts
    } catch {
      throw ImportFailure.failed("\(path): \(error.reason)")
    }
  }

  /// What fits the first lines better than the known format, for a message; nil where that fits most of them.
  func advice(_ bytes: Span<UInt8>, _ range: Range<Int>, known: LogFormat) -> String? {
    guard !readsRequests, let judged = detector.judge(known, bytes, range),
      judged.candidate.fitting * 2 < judged.lines || judged.candidate.doubt != nil
    else { return nil }
    let finding = detect(bytes, range)
    let names = finding.distinct.filter { $0.format.name != known.name }
      .map { "\($0.format.name) (\(Percentage.text(finding.rate(of: $0))))" }
    if !names.isEmpty { return "these fit its first lines: " + names.joined(separator: ", ") }
    return finding.suggestion.map { "this may fit: --format '\($0)'" }
  }

  private static func zone(_ name: String?) throws -> LocalCalendar {
    guard let name else { return .utc }
    guard let zone = ZoneCalendar.calendar(named: name) else {
      let near = ZoneCalendar.suggestions(for: name)
      throw ImportFailure.usage(
        "no time zone '\(name)'" + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"))
    }
    return zone
  }

  private static func configuration(_ options: ReadingOptions) throws -> ServerConfiguration? {
    switch (options.nginxConfiguration, options.apacheConfiguration) {
    case (nil, nil): nil
    case (let path?, nil): try ServerFiles.nginx(path)
    case (nil, let path?): try ServerFiles.apache(path)
    case (_?, _?): throw ImportFailure.usage("--nginx-conf and --apache-conf do not go together; run two imports")
    }
  }

  private static func format(_ text: String, _ configuration: ServerConfiguration?) throws -> LogFormat? {
    if text == "auto" { return nil }
    if let problem = configuration?.problems[text] { throw ImportFailure.usage("format '\(text)': \(problem)") }
    if let format = configuration?.formats[text] { return format }
    do throws(FormatError) {
      return try FormatText.format(text)
    } catch {
      throw ImportFailure.usage(error.description)
    }
  }
}

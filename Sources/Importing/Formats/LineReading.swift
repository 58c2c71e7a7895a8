import AccessLog
import ByteScanning
import Collecting
import Foundation
import Hits
import LogInput
import PrivacyPipeline
import StatsStore

/// How lines are read: the checked options.
struct LineReading: Sendable {
  /// Whether lines are collect requests.
  let readsRequests: Bool
  /// The time of requests that name none, in Unix seconds.
  let now = Int64(Date().timeIntervalSince1970)
  /// The format of all files; nil if it is detected for each file.
  let asked: LogFormat?
  /// The server configuration that defines the formats of files; nil if none is given.
  private let configuration: ServerConfiguration?
  private let detector: FormatDetector
  /// The time zone of times that name none.
  let zone: LocalCalendar
  /// The trusted proxies.
  let proxies: TrustedProxies
  /// Who sends requests without a user agent.
  let missingAgent: MissingAgent
  /// Computes the keyed hashes of the clients of lines.
  let clients = ClientHasher()

  /// Checks the options and reads the configurations they name.
  ///
  /// - Throws: ``ImportFailure``.
  init(_ options: ReadingOptions) throws {
    readsRequests = options.readsRequests
    missingAgent = options.missingAgent
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

  /// How many of the lines that do not match a format are examined to find one that they match.
  private static let misfitsLookedAt = 100

  /// Returns the format of lines that do not match the known one; nil if they match none. Then there may be a text
  /// that describes them.
  func otherFormat(
    than known: LogFormat, ofLines lines: [Range<Int>], _ bytes: Span<UInt8>
  ) -> (format: LogFormat?, suggestion: String?) {
    let finding = finding(ofLines: lines, bytes)
    let names = known.alternatives.map(\.name)
    // Only a log's first lines decide whether clients may be names; a few later lines with a name do not.
    let others = (finding.format?.alternatives ?? [])
      .filter { !names.contains($0.name) && (!$0.acceptsNames || known.acceptsNames) }
    return (others.first.map { $0.mixed(with: Array(others.dropFirst())) }, finding.suggestion)
  }

  /// Returns what lines look like, by some of them.
  func finding(ofLines lines: [Range<Int>], _ bytes: Span<UInt8>) -> FormatDetector.Finding {
    let text = Self.some(Self.misfitsLookedAt, of: lines, bytes)
    return detector.detect(text.span, 0..<text.count)
  }

  /// Returns the text for `--format` that reads all of a file's lines: those that `text` describes, and those in the
  /// known format.
  ///
  /// - Parameter lines: lines of both kinds.
  /// - Returns: nil if no such text reads them right.
  func text(_ text: String?, besides known: LogFormat, _ lines: [Range<Int>], _ bytes: Span<UInt8>) -> String? {
    guard let text else { return nil }
    let some = Self.some(FormatDetector.sampleSize, of: lines, bytes)
    return [text, text + LogFormat.separator + known.name].first { detector.confirms($0, some.span, 0..<some.count) }
  }

  /// Returns up to `count` lines, evenly spread.
  private static func some(_ count: Int, of lines: [Range<Int>], _ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    // An odd step, because lines of two kinds may alternate.
    let step = (lines.count + count - 1) / count | 1
    for index in stride(from: 0, to: lines.count, by: step) {
      ByteCopy.append(bytes, lines[index], to: &text)
      text.append(Byte.newline)
    }
    return text
  }

  /// Returns the format in which a file was read before, by its name; nil if no format has that name.
  func format(named name: String) -> LogFormat? {
    let formats = LogFormat.names(in: name).map { part in
      configuration?.formats[part] ?? FormatText.found(part)
    }
    guard let first = formats.first ?? nil, !formats.contains(nil) else { return nil }
    return first.mixed(with: formats.dropFirst().compactMap { $0 })
  }

  /// Returns the format of a file if it is known before the file is read.
  ///
  /// - Throws: ``FormatError`` if the configuration's format for the file is invalid.
  func format(ofFile path: String) throws(FormatError) -> LogFormat? {
    if let asked { return asked }
    return try configuration?.format(ofLog: AbsolutePath.of(path))
  }

  /// Returns what the first lines of a file look like.
  func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> FormatDetector.Finding {
    detector.detect(bytes, range)
  }

  /// Returns the format as these lines have it: with host names as clients, if more than a quarter are names.
  func calibrated(_ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> LogFormat {
    guard !readsRequests else { return format }
    return detector.judge(format, bytes, range)?.candidate.format ?? format
  }

  /// Returns the format of a file by its first lines: the known one as they have it, otherwise the detected one;
  /// any format if all lines are blank or comments.
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

  /// Returns what the first lines of a file on disk look like.
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

  /// Returns the share of the first lines that a format fits, 0–1; nil if there are no lines.
  func share(of format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    detector.judge(format, bytes, range).map { Double($0.candidate.fitting) / Double($0.lines) }
  }

  /// Returns what the first lines of a file on disk show besides their format.
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

  /// Returns which formats fit the first lines better than the known one, in words; nil if that fits most of them.
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
    try name.map(ImportFailure.calendar) ?? .utc
  }

  private static func configuration(_ options: ReadingOptions) throws -> ServerConfiguration? {
    switch (options.nginxConfiguration, options.apacheConfiguration) {
    case (nil, nil): nil
    case (let path?, nil): try ServerFiles.nginx(path)
    case (nil, let path?): try ServerFiles.apache(path)
    case (_?, _?): throw ImportFailure.usage("--nginx-conf and --apache-conf cannot be combined; run two imports")
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

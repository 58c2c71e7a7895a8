import AccessLog
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

  /// The formats that fit the first lines better than the known one, for a message; nil where it fits most of them.
  func advice(_ bytes: Span<UInt8>, _ range: Range<Int>, known: LogFormat) -> String? {
    guard !readsRequests, FormatDetector.rate(of: known, bytes, range, zone: zone) < 0.5 else { return nil }
    let finding = detect(bytes, range)
    let names = finding.distinct.filter { $0.format.name != known.name }
      .map { "\($0.format.name) (\(Percentage.text(finding.rate(of: $0))))" }
    return names.isEmpty ? nil : names.joined(separator: ", ")
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

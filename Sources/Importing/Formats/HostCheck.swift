import AccessLog
import ByteScanning
import Hits
import LogInput
import PrivacyPipeline

/// Detects, before anything is written, that nothing identifies the sites of a file's lines.
enum HostCheck {
  /// The number of bytes that are examined first: enough for most files whose lines name hosts.
  private static let firstLook = 16 * 1_024

  static let reason =
    "its lines name no host, so their site is unknown; name it with --site example.com, or assign the file to a site (footfall sites add HOST --file PATTERN)"

  /// Refuses an import if one of its files does not identify the sites of its lines.
  ///
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func check(_ files: [LogFile], _ setup: ImportSetup) throws {
    guard setup.needsHosts else { return }
    let reading = setup.inputs.reading
    // What is read from a pipe could not be read again.
    for file in files where file.site == nil && FileFacts(path: file.path) != nil {
      if tellsHosts(file, firstBytes(of: file), reading) == true { continue }
      guard tellsHosts(file, firstChunk(ofFile: file.path), reading) == false else { continue }
      throw ImportFailure.usage("\(file.path): \(reason)")
    }
  }

  /// Whether lines name their hosts; nil if their format is unknown.
  private static func tellsHosts(_ file: LogFile, _ chunk: Chunk?, _ reading: LineReading) -> Bool? {
    guard let chunk,
      let finding = try? reading.firstFormat(reading.format(ofFile: file.path), chunk.bytes.span, 0..<chunk.count),
      let format = finding.format
    else { return nil }
    return ReadingHints(chunk.bytes.span, 0..<chunk.count, format, reading).tellsHosts
  }

  /// Returns the whole lines among the first bytes of a file.
  private static func firstBytes(of file: LogFile) -> Chunk? {
    guard let source = try? ByteSource(path: file.path) else { return nil }
    var chunk = Chunk(capacity: firstLook)
    chunk.count = source.read(into: &chunk.bytes, at: 0)
    while chunk.count > 0, chunk.bytes[chunk.count - 1] != Byte.newline { chunk.count -= 1 }
    return chunk.count > 0 ? chunk : nil
  }

  /// Returns the first chunk of a file.
  static func firstChunk(ofFile path: String) -> Chunk? {
    guard let source = try? ByteSource(path: path) else { return nil }
    return ChunkReader(source).next(reusing: .none, takesTail: true)
  }
}

extension ImportSetup {
  /// Whether the site of a line can only be identified by the line itself or by the name of its file.
  var needsHosts: Bool {
    onlySite == nil && !inputs.reading.readsRequests && sites.profiles.allSatisfy(\.paths.isEmpty)
  }
}

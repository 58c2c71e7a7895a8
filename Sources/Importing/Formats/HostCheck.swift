import AccessLog
import Hits
import LogInput
import PrivacyPipeline

/// Detects, before anything is written, that nothing identifies the sites of a log's lines.
enum HostCheck {
  static let reason =
    "its lines name no host, so their site is unknown; name it with --site example.com, or assign the file to a site (footfall sites add HOST --file PATTERN)"

  /// Refuses an import in which no file identifies the sites of its lines.
  ///
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func check(_ files: [LogFile], _ setup: ImportSetup) throws {
    guard setup.needsHosts, !files.isEmpty else { return }
    let reading = setup.inputs.reading
    for file in files {
      guard file.site == nil, file.path != InputPath.standardInput, let chunk = firstChunk(of: file),
        let finding = try? reading.firstFormat(reading.format(ofFile: file.path), chunk.bytes.span, 0..<chunk.count),
        let known = finding.format,
        !ReadingHints(chunk.bytes.span, 0..<chunk.count, known, reading).tellsHosts
      else { return }
    }
    throw ImportFailure.usage("\(files[0].path): \(reason)")
  }

  private static func firstChunk(of file: LogFile) -> Chunk? {
    guard let source = try? ByteSource(path: file.path) else { return nil }
    return ChunkReader(source).next(reusing: .none, takesTail: true)
  }
}

extension ImportSetup {
  /// Whether the site of a line can only be identified by the line itself or by the name of its file.
  var needsHosts: Bool {
    onlySite == nil && !inputs.reading.readsRequests && sites.profiles.allSatisfy(\.paths.isEmpty)
  }
}

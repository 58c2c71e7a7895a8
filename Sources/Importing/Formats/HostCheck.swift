import AccessLog
import Hits
import LogInput
import PrivacyPipeline

/// Tells before anything is written that nothing says which site the lines of a log are of.
enum HostCheck {
  static let reason =
    "its lines name no host, so nothing tells which site they are of; name it with --site example.com, or give the site this file (footfall sites add HOST --file PATTERN)"

  /// Refuses an import of files of which none tells the sites of its lines.
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
  /// Whether the lines themselves, or the names of their files, have to tell which site they are of.
  var needsHosts: Bool {
    onlySite == nil && !inputs.reading.readsRequests && sites.profiles.allSatisfy(\.paths.isEmpty)
  }
}

import AccessLog
import LogInput

/// Detects, before a database is created, that the operator has to name the format of all files.
enum AmbiguityCheck {
  /// Refuses an import if two formats fit each of its files equally well.
  ///
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func check(_ files: [String], _ reading: LineReading) throws {
    guard reading.asked == nil else { return }
    var refusals: [String] = []
    for file in files {
      // What is read from a pipe could not be read again.
      guard FileFacts(path: file) != nil, let chunk = HostCheck.firstChunk(ofFile: file),
        let finding = try? reading.firstFormat(reading.format(ofFile: file), chunk.bytes.span, 0..<chunk.count),
        finding.isAmbiguous
      else { return }
      refusals.append("\(file): \(DetectionText.refusal(finding))")
    }
    if !refusals.isEmpty { throw ImportFailure.usage(refusals.joined(separator: "\n")) }
  }
}

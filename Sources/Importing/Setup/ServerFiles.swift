import AccessLog
import Foundation
import LogInput

/// Reads a server's configuration and the files it includes.
final class ServerFiles {
  private let root: URL
  private var seen: Set<String> = []
  /// The largest number of files: more than any server has, so that an endless chain of links ends.
  private static let mostFiles = 2_000

  private init(root: URL) {
    self.root = root
  }

  /// Reads a configuration of nginx.
  ///
  /// - Throws: ``ImportFailure`` if the file cannot be read. Included files that cannot be read are skipped.
  static func nginx(_ path: String) throws -> ServerConfiguration {
    let (text, files) = try open(path)
    return ServerConfiguration.nginx(text) { files.texts(matching: $0) }
  }

  /// Reads a configuration of Apache in the same way.
  static func apache(_ path: String) throws -> ServerConfiguration {
    let (text, files) = try open(path)
    return ServerConfiguration.apache(text) { files.texts(matching: $0) }
  }

  private static func open(_ path: String) throws -> (String, ServerFiles) {
    let file = URL(fileURLWithPath: path)
    guard let text = text(of: file.path) else { throw ImportFailure.failed("\(path): cannot be read") }
    return (text, ServerFiles(root: file.deletingLastPathComponent()))
  }

  /// Returns the texts of the files that an include names by pattern or folder, relative to the main file's folder.
  private func texts(matching pattern: String) -> [String] {
    let path = pattern.hasPrefix("/") ? pattern : root.appendingPathComponent(pattern).path
    return InputPath.paths(matching: path).flatMap { path in
      guard seen.count < Self.mostFiles, seen.insert(path).inserted else { return [String]() }
      if let text = Self.text(of: path) { return [text] }
      return InputPath.paths(matching: path + "/*").compactMap(Self.text)
    }
  }

  private static func text(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}

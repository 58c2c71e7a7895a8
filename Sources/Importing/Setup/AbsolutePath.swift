import Foundation

/// Paths that name the same file from every folder.
enum AbsolutePath {
  /// Returns the path from the root; a relative path starts at the current folder.
  static func of(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}

import Foundation

/// Paths that mean the same file from every folder.
enum AbsolutePath {
  /// The path from the root; relative ones are taken from the current folder.
  static func of(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}

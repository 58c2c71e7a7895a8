import Foundation

/// A new, empty folder that is removed with this object.
public final class TemporaryFolder: Sendable {
  /// Its absolute path.
  public let path: String

  /// The same as a URL.
  public var url: URL { URL(fileURLWithPath: path, isDirectory: true) }

  /// Makes the folder.
  public init() throws {
    path =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("footfall-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Returns the path of a file in the folder.
  public func path(_ name: String) -> String {
    path + "/" + name
  }

  /// Writes a file, creates the folders above it, and returns its path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }
}

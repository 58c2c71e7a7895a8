import Foundation

/// The folder of real logs and user agents beside the checkout. Tests that need it are skipped if it does not exist.
public enum SharedData {
  /// The package's own folder: the nearest parent folder that contains a Package.swift.
  public static let packageRoot: URL = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
    {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// Returns the absolute path of a shared file, for example `corpora/FACTS.md`.
  public static func path(_ relative: String) -> String {
    packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
      .appendingPathComponent(relative).path
  }

  /// Returns whether a shared file exists; use as `.enabled(if: SharedData.exists(…), "needs ../shared")`.
  public static func exists(_ relative: String) -> Bool {
    FileManager.default.fileExists(atPath: path(relative))
  }
}

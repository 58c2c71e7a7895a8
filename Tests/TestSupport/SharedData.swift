import Foundation

/// The folder of real logs and user agents that lies beside the checkout; tests that need it skip where it is absent.
public enum SharedData {
  /// The package's own folder: the nearest one above this file that holds a Package.swift.
  public static let packageRoot: URL = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
    {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// The absolute path of a shared file, for example `corpora/FACTS.md`.
  public static func path(_ relative: String) -> String {
    packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
      .appendingPathComponent(relative).path
  }

  /// Whether a shared file is there; use as `.enabled(if: SharedData.exists(…), "needs ../shared")`.
  public static func exists(_ relative: String) -> Bool {
    FileManager.default.fileExists(atPath: path(relative))
  }
}

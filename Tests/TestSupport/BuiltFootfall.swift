import Foundation

/// The product that was built along with the tests.
public enum BuiltFootfall {
  /// The binary, which is next to the test bundle.
  public static let binary: URL = {
    let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return running.deletingLastPathComponent().appendingPathComponent("footfall")
  }()

  /// The rule data that `make setup` installs.
  public static let ruleData = SharedData.packageRoot.appendingPathComponent(".build/share/footfall")

  /// Returns the environment of commands: the same everywhere, with fixed language and time zone.
  public static func environment(home: URL) -> [String: String] {
    [
      "FOOTFALL_DATA": ruleData.path, "HOME": home.path, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8",
      "LC_ALL": "C.UTF-8", "TZ": "UTC",
      // If Swift is not installed system-wide, the debug binary finds its libraries as this process did.
      "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]
  }
}

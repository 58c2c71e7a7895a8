import Foundation

/// The product under test.
public enum BuiltFootfall {
  /// The binary: the debug one next to the test bundle, or the one that `FOOTFALL_BINARY` names, which
  /// `make test BINARY=…` sets after building it.
  public static let binary: URL = {
    guard let path = ProcessInfo.processInfo.environment["FOOTFALL_BINARY"] else {
      let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      return running.deletingLastPathComponent().appendingPathComponent("footfall")
    }
    let named = URL(fileURLWithPath: path)
    // Nothing that it says would hold for the sources.
    precondition(isUpToDate(named), "FOOTFALL_BINARY is missing or older than the sources: \(path)")
    return named
  }()

  /// Returns whether a binary is at least as new as all sources.
  private static func isUpToDate(_ binary: URL) -> Bool {
    guard let built = changed(binary) else { return false }
    let sources = SharedData.packageRoot.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)
    // What sets Footfall up and packs it is no part of the binary.
    while let file = files?.nextObject() as? String {
      let isTool = file.hasPrefix("setup/") || file.hasPrefix("packaging/")
      let isSource = !isTool && files?.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      guard isSource else { continue }
      guard let time = changed(sources.appendingPathComponent(file)), time <= built else { return false }
    }
    return true
  }

  private static func changed(_ file: URL) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
  }

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

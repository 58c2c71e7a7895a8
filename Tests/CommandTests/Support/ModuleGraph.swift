import Foundation
import TestSupport

/// Which modules may import which, as Package.swift declares it, and which imports the sources contain.
struct ModuleGraph {
  /// The graph could not be read.
  struct Unreadable: Error {
    /// The output of `swift package`.
    var reason: String
  }

  /// The declared dependencies of each target, including products of other packages.
  let dependencies: [String: Set<String>]

  /// Gets the manifest from the package manager, with a scratch folder of its own: the build's is locked while tests
  /// run.
  init() throws {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
      "footfall-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    dependencies = try Self.dependencies(in: try Self.manifest(scratch))
  }

  /// Returns all modules that a module depends on, directly or indirectly.
  func reachable(from module: String) -> Set<String> {
    var found: Set<String> = []
    var open = [module]
    while let next = open.popLast() {
      for dependency in dependencies[next] ?? [] where found.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return found
  }

  /// Returns the modules that the sources of a module import.
  static func imports(of module: String) throws -> Set<String> {
    let folder = SharedData.packageRoot.appendingPathComponent("Sources").appendingPathComponent(module)
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let name = importedModule(line) { found.insert(name) }
      }
    }
    return found
  }

  /// Returns the module of an import declaration such as `import Hits` or `public import struct Hits.Hit`.
  static func importedModule(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
      words[..<place].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
    else { return nil }
    let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "func", "let", "var", "typealias"]
    let name =
      kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
    return name.split(separator: ".").first.map(String.init)
  }

  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]

  private static func manifest(_ scratch: URL) throws -> Data {
    let output = scratch.appendingPathComponent("manifest.json")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", SharedData.packageRoot.path, "--scratch-path",
      scratch.appendingPathComponent("build").path, "dump-package",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Unreadable(reason: "swift package dump-package ended with \(process.terminationStatus)")
    }
    return try Data(contentsOf: output)
  }

  private static func dependencies(in manifest: Data) throws -> [String: Set<String>] {
    let package = try JSONSerialization.jsonObject(with: manifest) as? [String: Any]
    guard let targets = package?["targets"] as? [[String: Any]] else {
      throw Unreadable(reason: "the manifest lists no targets")
    }
    var result: [String: Set<String>] = [:]
    for target in targets {
      guard let name = target["name"] as? String,
        let dependencies = target["dependencies"] as? [[String: [Any]]]
      else { throw Unreadable(reason: "a target of the manifest has no name or no dependencies") }
      result[name] = Set(dependencies.flatMap { $0.values.compactMap { $0.first as? String } })
    }
    return result
  }
}

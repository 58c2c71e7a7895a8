import Foundation
import TestSupport
import Testing

/// The folders of the sources match their READMEs and docs/architecture.md.
@Suite struct SourceLayoutTests {
  /// The number of files beyond which a folder should be split.
  private static let mostFiles = 16

  private static let sources = SharedData.packageRoot.appendingPathComponent("Sources")

  /// Returns the folders of a module with Swift files, relative to its own, and the number of files in each.
  private static func folders(of module: String) throws -> [String: Int] {
    var files: [String: Int] = [:]
    let root = sources.appendingPathComponent(module)
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) where path.hasSuffix(".swift") {
      files[(path as NSString).deletingLastPathComponent, default: 0] += 1
    }
    return files
  }

  private static func modules() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: sources.path)
  }

  @Test func noFolderIsAPile() throws {
    for module in try Self.modules() {
      for (folder, files) in try Self.folders(of: module) {
        #expect(files <= Self.mostFiles, "Sources/\(module)/\(folder) has \(files) files")
      }
    }
  }

  /// The README of a module with folders has a row for each of them and for no other.
  @Test func everyFolderIsDescribed() throws {
    for module in try Self.modules() {
      let folders = Set(try Self.folders(of: module).keys).subtracting([""])
      guard !folders.isEmpty else { continue }
      let readme = Self.sources.appendingPathComponent(module).appendingPathComponent("README.md")
      let text = try String(contentsOf: readme, encoding: .utf8)
      let rows = text.matches(of: /^\| `([A-Za-z\/]+)` \|/.anchorsMatchLineEndings()).map { String($0.output.1) }
      #expect(Set(rows).subtracting(["Resources"]) == folders, "Sources/\(module)/README.md")
    }
  }

  /// Every function named in the description of a line's way is declared in the named file.
  @Test func theWalkLeadsToFunctions() throws {
    let docs = SharedData.packageRoot.appendingPathComponent("docs")
    let text = try String(contentsOf: docs.appendingPathComponent("architecture.md"), encoding: .utf8)
    let steps = text.matches(of: /\[`(\w+)\.(\w+)`\]\(([^)]+\.swift)\)/)
    #expect(steps.count > 30)
    for step in steps {
      let (_, type, function, path) = step.output
      let file = try String(contentsOf: docs.appendingPathComponent(String(path)), encoding: .utf8)
      #expect(file.contains(try Regex("(struct|class|enum|extension|protocol) \(type)\\b")), "\(path): \(type)")
      #expect(file.contains(try Regex("func \(function)\\b")), "\(path): \(type).\(function)")
    }
  }
}

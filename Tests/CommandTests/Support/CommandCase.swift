import Foundation
import Testing

/// A golden case: a folder of `fixtures/cli` with the command and its expected result.
///
/// `cmd` contains the shell lines; `expout`, `experr` and `code` their expected output and exit code. A missing file
/// means no output, or exit code 0.
struct CommandCase: CustomTestStringConvertible, Sendable {
  /// The output and the exit code of a command.
  struct Result: Equatable, Sendable {
    var output: String
    var errors: String
    var code: Int32
  }

  /// `area/case`, after the folders.
  var name: String

  var testDescription: String { name }

  /// The folder of the case.
  var folder: URL { CommandRunner.fixtures.appendingPathComponent("cli").appendingPathComponent(name) }

  /// The result that the case expects.
  var expected: Result {
    Result(output: text("expout"), errors: text("experr"), code: Int32(text("code").trimmed) ?? 0)
  }

  /// Records a result as the expected one. Writes no files for empty output or exit code 0.
  func record(_ result: Result) throws {
    try write(result.output, to: "expout")
    try write(result.errors, to: "experr")
    try write(result.code == 0 ? "" : "\(result.code)\n", to: "code")
  }

  private func text(_ file: String) -> String {
    (try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)) ?? ""
  }

  private func write(_ text: String, to file: String) throws {
    let url = folder.appendingPathComponent(file)
    if text.isEmpty {
      try? FileManager.default.removeItem(at: url)
    } else {
      try Data(text.utf8).write(to: url)
    }
  }
}

extension CommandCase {
  /// All cases, sorted by name.
  static let all: [CommandCase] = {
    let root = CommandRunner.fixtures.appendingPathComponent("cli")
    return folders(of: root).flatMap { area in
      folders(of: root.appendingPathComponent(area)).map { CommandCase(name: area + "/" + $0) }
    }
  }()

  private static func folders(of url: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

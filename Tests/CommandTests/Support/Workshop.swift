import Foundation
import TestSupport

/// A folder in which a test writes logs and runs the binary. It is removed with this object.
final class Workshop: Sendable {
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
  }

  var folder: URL { temporary.url }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { temporary.path(name) }

  /// Writes a log and returns its path.
  @discardableResult
  func write(_ lines: some Sequence<String>, to name: String) throws -> String {
    try Data(lines.joined().utf8).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  /// Runs the binary.
  @discardableResult
  func footfall(_ arguments: String...) async throws -> ChildProcess.Result {
    try await ChildProcess.run(
      BuiltFootfall.binary.path, arguments, in: folder, environment: BuiltFootfall.environment(home: folder))
  }

  /// Runs lines of bash.
  @discardableResult
  func bash(_ lines: String) async throws -> ChildProcess.Result {
    try await ChildProcess.run(
      "/bin/bash", ["-euc", lines], in: folder, environment: BuiltFootfall.environment(home: folder))
  }

  /// Imports a log for example.com.
  func importing(_ path: String, _ flags: [String] = []) async throws -> ImportBooks {
    let result = try await ChildProcess.run(
      BuiltFootfall.binary.path, ["import", path, "--site", "example.com", "--json", "--quiet"] + flags, in: folder,
      environment: BuiltFootfall.environment(home: folder))
    return try ImportBooks(result)
  }

  /// All statistics as text.
  func dump() async throws -> String { try await footfall("dump").output }
}

/// The output and the exit code of an import.
struct ImportBooks {
  var code: Int32
  var errors: String
  var outcomes: [String: Int] = [:]
  /// How many files were read.
  var files = 0

  init(_ result: ChildProcess.Result) throws {
    code = result.code
    errors = result.errors
    guard !result.output.isEmpty else { return }
    let books = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    outcomes = books?["outcomes"] as? [String: Int] ?? [:]
    files = (books?["files"] as? [Any])?.count ?? 0
  }

  /// The number of lines read.
  var lines: Int { outcomes.values.reduce(0, +) }
  /// The number of well-formed lines.
  var goodLines: Int { outcomes.filter { !$0.key.hasPrefix("malformed(") }.values.reduce(0, +) }

  subscript(outcome: String) -> Int { outcomes[outcome, default: 0] }
}

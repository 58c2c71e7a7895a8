import Foundation
import TestSupport

/// A new folder for a test, in which it runs the binary and the scripts of Tests/Reference. It is removed with this
/// object.
final class Scratch: Sendable {
  /// A program ended with an unexpected exit code.
  struct Failure: Error {
    var program: String
    var code: Int32
    var errors: String
  }

  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
  }

  var folder: URL { temporary.url }

  /// Makes a folder in it.
  func subfolder(_ name: String) throws -> URL {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// Runs the binary and returns its standard output.
  @discardableResult
  func footfall(_ arguments: [String], in place: URL? = nil) async throws -> String {
    try await run(BuiltFootfall.binary.path, arguments, in: place ?? folder)
  }

  /// Runs a script of Tests/Reference and returns its standard output.
  @discardableResult
  func script(_ name: String, _ arguments: [String]) async throws -> String {
    let script = SharedData.packageRoot.appendingPathComponent("Tests/Reference").appendingPathComponent(name).path
    return try await run("/usr/bin/env", ["python3", "-B", script] + arguments, in: folder)
  }

  /// Runs lines of bash, with the binary as FOOTFALL.
  @discardableResult
  func bash(_ lines: String, in place: URL) async throws -> String {
    try await run("/bin/bash", ["-euc", lines], in: place)
  }

  private func run(_ program: String, _ arguments: [String], in place: URL) async throws -> String {
    var environment = BuiltFootfall.environment(home: folder)
    environment["FOOTFALL"] = BuiltFootfall.binary.path
    // The Python that the set-up found.
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    let result = try await ChildProcess.run(program, arguments, in: place, environment: environment)
    guard result.code == 0 else {
      throw Failure(program: arguments.first ?? program, code: result.code, errors: result.errors)
    }
    return result.output
  }
}

import Foundation

/// Runs programs to their end.
public enum ChildProcess {
  /// The output and the exit code of a program.
  public struct Result: Sendable {
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
    /// The exit code; for a signal it is 128 plus its number, as in the shell.
    public var code: Int32
  }

  /// Tests start hundreds of programs at once. More of them than there are cores only slow each other down.
  private static let turnstile = Turnstile(places: ProcessInfo.processInfo.activeProcessorCount + 2)

  /// Runs a program with arguments in a folder and an environment, without input.
  public static func run(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String]
  ) async throws -> Result {
    try await turnstile.pass { try await runNow(program, arguments, in: folder, environment: environment) }
  }

  private static func runNow(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String]
  ) async throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    // Files instead of pipes: no thread has to read along, however much a program prints.
    let output = try OutputFile()
    let errors = try OutputFile()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output.handle
    process.standardError = errors.handle
    let code = try await end(of: process)
    return Result(output: try output.text(), errors: try errors.text(), code: code)
  }

  private static func end(of process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let isSignal = ended.terminationReason == .uncaughtSignal
        continuation.resume(returning: ended.terminationStatus + (isSignal ? 128 : 0))
      }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }
}

/// A temporary file for the output of a program.
private final class OutputFile {
  let handle: FileHandle
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("footfall-output-" + UUID().uuidString)
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Returns the output once the program has ended. Closes the file, because Foundation retains processes and their
  /// handles.
  func text() throws -> String {
    try handle.close()
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}

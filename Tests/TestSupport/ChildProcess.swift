import Foundation

/// Runs programs to their end.
public enum ChildProcess {
  /// What a program printed and ended with.
  public struct Result: Sendable {
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
    /// The exit code; a signal counts as 128 and its number, as in the shell.
    public var code: Int32
  }

  /// Tests start hundreds of programs at once; more of them than there are cores only stand in each other's way.
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
    // Files and not pipes: however much a program prints, nobody needs to read along.
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

/// A temporary file that a program prints into.
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

  /// What was printed, once the program has ended. Closes the file, because Foundation keeps processes and what they had.
  func text() throws -> String {
    try handle.close()
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}

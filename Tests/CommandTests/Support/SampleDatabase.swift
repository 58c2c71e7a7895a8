import Foundation
import TestSupport

/// A database of the bundled sample, which the binary makes once, as `make demo` does.
actor SampleDatabase {
  static let shared = SampleDatabase()

  private var making: Task<TemporaryFolder, any Error>?

  /// The path of the database; it is removed when the tests end.
  func path() async throws -> String {
    let task = making ?? Task { try await Self.make() }
    making = task
    return try await task.value.path("footfall.db")
  }

  private static func make() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let database = folder.path("footfall.db")
    let geo = CommandRunner.fixtures.appendingPathComponent("geo/city-test.mmdb").path
    for arguments in [
      ["sites", "add", "example.com", "--timezone", "Europe/Berlin"],
      ["sites", "add", "shop.example", "--timezone", "Europe/Berlin"],
      ["import", "other_vhosts_access.log.2.gz", "other_vhosts_access.log.1", "--geo", geo],
      ["import", "access.log", "--site", "example.com"],
    ] {
      let result = try await ChildProcess.run(
        BuiltFootfall.binary.path, arguments + ["--db", database],
        in: CommandRunner.fixtures.appendingPathComponent("sample"),
        environment: BuiltFootfall.environment(home: URL(fileURLWithPath: folder.path)))
      guard result.code == 0 else { throw Failed(errors: result.errors) }
    }
    return folder
  }

  /// The sample could not be imported.
  struct Failed: Error {
    /// The error output of the command.
    var errors: String
  }
}

import Foundation
import TestSupport
import Testing

/// JSON reports conform to docs/report.schema.json, which programs may rely on.
@Suite(.enabled(if: Python.has("jsonschema"), "needs python3 with jsonschema, as make test installs it"))
struct ReportSchemaTests {
  /// Validates standard input, or the JSON in a file, against the schema in the first argument.
  private static let validator = """
    import json, sys, jsonschema
    schema, document = (json.load(open(path)) for path in sys.argv[1:])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    """

  private func complaint(about json: String) async throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(Array(json.utf8), to: "report.json")
    let schema = SharedData.packageRoot.appendingPathComponent("docs/report.schema.json").path
    let result = try await ChildProcess.run(
      "/usr/bin/env", ["python3", "-c", Self.validator, schema, folder.path("report.json")],
      in: URL(fileURLWithPath: folder.path), environment: Python.environment)
    return result.code == 0 ? "" : result.errors
  }

  /// A database with one site that has data and one that has none, made once.
  private static let database = Task {
    let folder = try TemporaryFolder()
    let script = """
      '\(BuiltFootfall.binary.path)' sites add empty.example
      '\(BuiltFootfall.binary.path)' import '\(CommandRunner.fixtures.path)/formats/combined.log' --site example.com
      """
    #expect(try await run(script, in: folder).code == 0)
    return folder
  }

  private static func run(_ script: String, in folder: TemporaryFolder) async throws -> ChildProcess.Result {
    let work = URL(fileURLWithPath: folder.path)
    return try await ChildProcess.run(
      "/bin/bash", ["-ec", script], in: work, environment: BuiltFootfall.environment(home: work))
  }

  private func report(_ arguments: String) async throws -> String {
    let script = "'\(BuiltFootfall.binary.path)' report --json \(arguments)"
    let result = try await Self.run(script, in: try await Self.database.value)
    #expect(result.code == 0)
    return result.output
  }

  @Test(arguments: [
    "", "--site empty.example", "--site example.com --compare previous", "--compare year --interval hour",
    "--interval month --limit 1", "--filter country=", "--filter page=/ --compare year", "--since 2030-01-01",
  ])
  func holdsToTheSchema(_ arguments: String) async throws {
    let complaint = try await complaint(about: try await report(arguments))
    #expect(complaint == "")
  }

  /// The schema lists every key: a missing key, an unknown one or a wrong type is detected.
  @Test(arguments: [
    ("\"visits\" :", "\"visit\" :"), ("\"interval\" : \"day\"", "\"interval\" : \"decade\""),
    ("\"uncounted_days\" : 0", "\"uncounted_days\" : \"0\""), ("\"timezone\"", "\"zone\""),
  ])
  func whatBreaksTheSchemaIsNoticed(_ old: String, _ new: String) async throws {
    let report = try await report("")
    let broken = report.replacingOccurrences(of: old, with: new)
    #expect(report != broken)
    #expect(try await complaint(about: broken) != "")
  }
}

/// The Python that the tests use.
enum Python {
  static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
  ]

  /// Returns whether a module is installed.
  static func has(_ module: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import \(module)"]
    process.environment = environment
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

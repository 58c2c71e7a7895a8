import Foundation
import TestSupport
import Testing

/// The views for analysts: docs/sql.md shows their contents, and other programs read the same.
///
/// `RECORD_FIXTURES=1 swift test --filter SQLTests` writes the answers into the document; read the diff.
@Suite(.serialized) struct SQLTests {
  private static func run(_ program: String, _ arguments: [String]) async throws -> ChildProcess.Result {
    try await ChildProcess.run(
      program, arguments, in: FileManager.default.temporaryDirectory, environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func theDocumentHasTwentyQuestions() {
    #expect(SQLQuestion.all.count >= 20)
  }

  @Test(arguments: SQLQuestion.all) func theShellAnswersAsDocumented(_ question: SQLQuestion) async throws {
    let database = try await SampleDatabase.shared.path()
    let result = try await Self.run(
      "/usr/bin/sqlite3", ["-readonly", "-header", "-column", database, question.sql])
    #expect(result.errors == "")
    // The shell pads the last column with blanks.
    let answer = result.output.replacing(/[ ]+\n/, with: "\n")
    if ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1" {
      try question.record(answer)
    } else {
      #expect(answer == question.answer)
    }
  }

  /// Every view and every column is documented.
  @Test func everyViewIsDocumented() async throws {
    let text = try String(contentsOf: SQLQuestion.document, encoding: .utf8)
    let result = try await Self.run(
      "/usr/bin/sqlite3",
      [
        "-readonly", try await SampleDatabase.shared.path(),
        """
        SELECT view.name, info.name FROM sqlite_schema AS view, pragma_table_info(view.name) AS info
        WHERE view.type = 'view'
        """,
      ])
    let columns = result.output.split(separator: "\n").map { $0.split(separator: "|") }
    #expect(columns.count > 100)
    for column in columns {
      #expect(text.contains("`\(column[0])`"), "\(column[0])")
      #expect(text.contains("`\(column[1])`") || column[1].hasPrefix("utm_"), "\(column[0]).\(column[1])")
    }
  }

  /// Python with pandas and DuckDB, if `make readers` was run.
  private static let readers = SharedData.packageRoot.appendingPathComponent(".build/readers/bin/python3").path
  private static let hasReaders = FileManager.default.isExecutableFile(atPath: readers)

  @Test func thePythonLibraryGivesTheSameAnswers() async throws {
    try await Self.read(with: "/usr/bin/python3", as: "sqlite")
  }

  @Test(.enabled(if: hasReaders, "needs pandas and DuckDB: make readers"), arguments: ["pandas", "duckdb"])
  func otherReadersGiveTheSameAnswers(_ reader: String) async throws {
    try await Self.read(with: Self.readers, as: reader)
  }

  private static func read(with python: String, as reader: String) async throws {
    let script = SharedData.packageRoot.appendingPathComponent("Tests/Readers/readers.py").path
    let result = try await run(
      python, ["-B", script, reader, try await SampleDatabase.shared.path(), SQLQuestion.document.path])
    #expect(result.errors == "")
    #expect(result.code == 0)
    #expect(result.output.contains(" questions, "))
  }
}

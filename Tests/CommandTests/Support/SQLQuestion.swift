import Foundation
import TestSupport
import Testing

/// A question from docs/sql.md with the answer shown there.
struct SQLQuestion: CustomTestStringConvertible, Sendable {
  /// The document's path.
  static let document = SharedData.packageRoot.appendingPathComponent("docs/sql.md")

  /// The heading.
  var title: String
  /// The statement.
  var sql: String
  /// The answer as the shell prints it.
  var answer: String

  var testDescription: String { title }

  /// All questions, in order.
  static let all: [SQLQuestion] = {
    let text = (try? String(contentsOf: document, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n### ").dropFirst().compactMap { section in
      let parts = section.components(separatedBy: "```")
      guard parts.count == 5, parts[1].hasPrefix("sql\n") else { return nil }
      return SQLQuestion(
        title: String(section.prefix { $0 != "\n" }), sql: String(parts[1].dropFirst(4)),
        answer: String(parts[3].dropFirst()))
    }
  }()

  /// Replaces the answer in the document.
  func record(_ answer: String) throws {
    let text = try String(contentsOf: Self.document, encoding: .utf8)
    let place = "```sql\n\(sql)```\n\n```\n"
    let changed = text.replacingOccurrences(of: place + self.answer + "```", with: place + answer + "```")
    try Data(changed.utf8).write(to: Self.document)
  }
}

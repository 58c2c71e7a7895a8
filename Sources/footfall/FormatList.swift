import Importing
import Reporting

/// The list of formats, for people and for scripts.
enum FormatList {
  /// Name and summary of each format, and a line of it.
  static func text() -> String {
    FormatNames.all.map { format in
      let example = format.example.split(separator: "\n").map { "    \($0)\n" }.joined()
      return "\(format.name)  \(format.summary)\n\(example)"
    }.joined(separator: "\n")
  }

  /// The same as a JSON array; docs/cli.md documents the keys.
  static func json() throws -> String {
    try JSONText.of(FormatNames.all.map { Entry(name: $0.name, summary: $0.summary, example: $0.example) })
  }

  private struct Entry: Encodable {
    var name: String
    var summary: String
    var example: String
  }
}

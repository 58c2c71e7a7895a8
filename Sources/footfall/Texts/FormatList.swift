import Importing
import Reporting

/// The list of formats, for people and for scripts.
enum FormatList {
  /// Returns the formats of each family, each with an example line, then the envelopes.
  static func text() -> String {
    var blocks: [String] = []
    var family = ""
    for format in FormatNames.all {
      if format.family != family { blocks.append(format.family + "\n") }
      family = format.family
      let example = format.example.split(separator: "\n").map { "    \($0)\n" }.joined()
      blocks.append("  \(format.name)  \(format.summary)\n\(example)")
    }
    let envelopes = FormatNames.envelopes.map { "  \($0.name)+  \($0.summary)\n" }.joined()
    blocks.append("Envelopes around any of them, detected or named as in syslog+combined\n" + envelopes)
    return blocks.joined(separator: "\n")
  }

  /// Returns the formats as a JSON array; docs/cli.md documents the keys.
  static func json() throws -> String {
    try JSONText.of(
      FormatNames.all.map { Entry(name: $0.name, family: $0.family, summary: $0.summary, example: $0.example) })
  }

  private struct Entry: Encodable {
    var name: String
    var family: String
    var summary: String
    var example: String
  }
}

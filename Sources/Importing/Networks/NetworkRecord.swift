import Foundation

/// A line of JSON in a list of networks: Spamhaus writes its DROP lists so, with a last line about the list itself.
///
/// Source: <https://www.spamhaus.org/drop/drop_v4.json>, <https://www.spamhaus.org/drop/asndrop.json>.
struct NetworkRecord {
  private struct Fields: Decodable {
    var cidr: String?
    var asn: UInt32?
    var type: String?
  }

  /// The network or the number of the autonomous system, as text; empty for the line about the list.
  let entries: [String]

  /// Reads a line; nil if it is something else.
  init?(_ line: Substring) {
    guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(line.utf8)) else { return nil }
    entries = [fields.cidr, fields.asn.map { "AS\($0)" }].compactMap { $0 }
    if entries.isEmpty, fields.type != "metadata" { return nil }
  }

  /// Whether a text is a line of JSON for each entry, and not one document.
  static func areLines(_ lines: [Substring]) -> Bool {
    lines.first { $0.contains { !$0.isWhitespace } }.flatMap { NetworkRecord($0) } != nil
  }
}

import Collecting

/// A line of a list of networks: what it names comes first, and names and places behind it are ignored.
///
/// | form | published as |
/// |---|---|
/// | `192.0.2.0/24`, `192.0.2.7` | FireHOL's netsets, X4BNet's lists |
/// | `192.0.2.0/24 ; SBL1` | Spamhaus DROP |
/// | `192.0.2.0/24,DE,DE-BE,Berlin,` | a geofeed (RFC 8805): DigitalOcean, Linode |
/// | `192.0.2.0,192.0.2.255,Name,URL` | first and last address: `datacenters.csv` of ipcat |
/// | `64496`, `64496,"Name"`, `AS64496 # Name`, `AS64496 Name` | the numbers of bad-asn-list, X4BNet and others |
///
/// Sources: <https://github.com/firehol/blocklist-ipsets>, <https://github.com/X4BNet/lists_vpn>,
/// <https://www.spamhaus.org/blocklists/do-not-route-or-peer/>, <https://www.rfc-editor.org/rfc/rfc8805>,
/// <https://github.com/client9/ipcat>, <https://github.com/brianhama/bad-asn-list>.
struct NetworkListLine {
  /// What a line names.
  enum Entry {
    /// A network.
    case network(AddressRange)
    /// An autonomous system, by its number.
    case system(UInt32)
  }

  private let columns: [Substring]

  /// Splits a line, without its comment, at commas.
  init(_ line: some StringProtocol) {
    columns = Substring(line).prefix { $0 != "#" && $0 != ";" }.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimming { $0.isWhitespace || $0 == "\"" } }
  }

  /// Whether nothing is on the line but a comment.
  var isEmpty: Bool { columns.allSatisfy(\.isEmpty) }

  /// Whether it names the columns of bad-asn-list.
  var isHeader: Bool { columns.count > 1 && columns[0].lowercased() == "asn" }

  /// Returns what the line names.
  func entry() throws(AddressRange.Failure) -> Entry {
    guard let first = columns.first else { throw .notAnAddress }
    if let number = Self.system(first) { return .system(number) }
    // What else follows an address is a country, which has neither point nor colon.
    let isRange = !first.contains("/") && columns.count > 1 && columns[1].contains { $0 == "." || $0 == ":" }
    return .network(isRange ? try AddressRange(first: first, last: columns[1]) : try AddressRange(first))
  }

  /// Returns the number that a text is or begins with, as in `64496` and `AS64496 Example Networks`; nil if there is none.
  /// The number 0 is no system (RFC 7607).
  private static func system(_ text: Substring) -> UInt32? {
    let word = text.prefix { !$0.isWhitespace }
    let digits = word.lowercased().hasPrefix("as") ? word.dropFirst(2) : word
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return UInt32(digits).flatMap { $0 == 0 ? nil : $0 }
  }
}

extension Substring {
  /// Returns the text without the characters at both ends that fit.
  fileprivate func trimming(_ fits: (Character) -> Bool) -> Substring {
    var rest = drop(while: fits)
    while let last = rest.last, fits(last) { rest.removeLast() }
    return rest
  }
}

import Ledger

/// Tells the ledger's keys apart, as imports do.
enum LedgerKey {
  /// The fingerprint that a database remembers of its key.
  static func fingerprint(_ key: (UInt64, UInt64)) -> UInt64 {
    let text = Array("footfall".utf8)
    return LineHasher(key: key).hash(text.span, 0..<text.count)
  }

  /// What to say of a database that has another key.
  static func lost(_ database: String) -> String {
    "\(database): the secrets in \(database).vault are not those it was made with; bring them back"
  }
}

import Glibc
import Synchronization

/// The secrets beside a database: the key of the ledger and a salt for each open day.
///
/// `<db>.vault/` (0700) holds `ledger.key` (16 bytes) and `salts/2026-09-01` (32 bytes each, 0600). They are
/// separate from the database, so a copy of the database identifies nobody, and a salt can be destroyed for good. A
/// secret is on disk, including its folder entry, before it is first used.
public final class SaltVault: Sendable {
  private static let saltSize = 32
  private static let keySize = 16

  private let folder: String
  private let known = Mutex<[String: [UInt8]]>([:])

  /// Opens the vault of a database, and creates it if it is missing.
  ///
  /// - Throws: ``VaultError``, also if users other than the owner can read the vault.
  public init(besideDatabase path: String) throws(VaultError) {
    folder = path + ".vault"
    try SecretFile.makeFolder(folder)
    try SecretFile.makeFolder(folder + "/salts")
    try SecretFile.sweep(folder)
    try SecretFile.sweep(folder + "/salts")
  }

  /// Returns the secret key of the ledger's line hashes.
  public func ledgerKey() throws(VaultError) -> (UInt64, UInt64) {
    let bytes = try secret("ledger.key", size: Self.keySize)
    return (Self.word(bytes[0..<8]), Self.word(bytes[8..<16]))
  }

  /// Returns the salt of a day, given as an ISO date, and creates it on first use.
  public func salt(ofDay day: String) throws(VaultError) -> [UInt8] {
    try secret("salts/" + day, size: Self.saltSize)
  }

  /// Returns the days that have a salt, as ISO dates, in order.
  public func days() throws(VaultError) -> [String] {
    try SecretFile.names(folder + "/salts").sorted()
  }

  /// Destroys the salts of days. Their deletion is on disk when this returns.
  public func destroySalts(ofDays days: [String]) throws(VaultError) {
    known.withLock { known in for day in days { known["salts/" + day] = nil } }
    try SecretFile.destroy(days, in: folder + "/salts")
  }

  /// Several threads may request the same new salt at once. The lock lets only one of them create it.
  private func secret(_ name: String, size: Int) throws(VaultError) -> [UInt8] {
    try known.withLock { (known) throws(VaultError) in
      if let secret = known[name] { return secret }
      let secret = try SecretFile.readOrMake(folder + "/" + name, size: size)
      known[name] = secret
      return secret
    }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

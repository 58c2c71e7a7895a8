import Glibc
import Synchronization

/// The secrets beside a database: the key of the ledger and a salt for each open day.
///
/// `<db>.vault/` (0700) holds `ledger.key` (16 bytes) and `salts/2026-09-01` (32 bytes each, 0600). They are apart from the
/// database so that a copy of the database leads back to nobody, and so that a salt can be destroyed for good. A secret is
/// on the disk, folder entry included, before it is first used.
public final class SaltVault: Sendable {
  private static let saltSize = 32
  private static let keySize = 16

  private let folder: String
  private let known = Mutex<[String: [UInt8]]>([:])

  /// Opens the vault of a database, made where it is missing.
  ///
  /// - Throws: ``VaultError``, also where others than the owner may read it.
  public init(besideDatabase path: String) throws(VaultError) {
    folder = path + ".vault"
    try SecretFile.makeFolder(folder)
    try SecretFile.makeFolder(folder + "/salts")
    try SecretFile.sweep(folder)
    try SecretFile.sweep(folder + "/salts")
  }

  /// The secret key of the ledger's line hashes.
  public func ledgerKey() throws(VaultError) -> (UInt64, UInt64) {
    let bytes = try secret("ledger.key", size: Self.keySize)
    return (Self.word(bytes[0..<8]), Self.word(bytes[8..<16]))
  }

  /// The salt of a day (its ISO name), made at first use.
  public func salt(ofDay day: String) throws(VaultError) -> [UInt8] {
    try secret("salts/" + day, size: Self.saltSize)
  }

  /// The days that have a salt, by their ISO names, in order.
  public func days() throws(VaultError) -> [String] {
    try SecretFile.names(folder + "/salts").sorted()
  }

  /// Destroys the salts of days. When this returns, they are gone from the disk's folder.
  public func destroySalts(ofDays days: [String]) throws(VaultError) {
    known.withLock { known in for day in days { known["salts/" + day] = nil } }
    try SecretFile.destroy(days, in: folder + "/salts")
  }

  /// Threads may ask for the same new salt at the same time; the lock lets one of them make it.
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

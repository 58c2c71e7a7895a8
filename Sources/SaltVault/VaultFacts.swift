import Glibc

/// What can be said about a vault without opening it: nothing is created or read.
public struct VaultFacts: Sendable {
  /// The path of the folder.
  public let folder: String
  /// Whether there is one.
  public private(set) var exists = false
  /// The id of the user who owns it.
  public private(set) var owner: UInt32 = 0
  /// Files and folders of it that other users may access.
  public private(set) var open: [String] = []
  /// Files and folders of it that belong to another user than the folder.
  public private(set) var foreign: [String] = []
  /// Whether it holds the key of the ledger.
  public private(set) var hasKey = false
  /// The days that have a salt, as ISO dates.
  public private(set) var days: Set<String> = []
  /// The number of temporary files that a killed process left behind.
  public private(set) var leftovers = 0

  /// Looks at the vault of a database.
  ///
  /// - Throws: ``VaultError`` if it cannot be listed.
  public init(besideDatabase path: String) throws(VaultError) {
    folder = path + ".vault"
    var facts = stat()
    guard unsafe stat(folder, &facts) == 0 else {
      guard errno == ENOENT else { throw SecretFile.failure(folder) }
      return
    }
    exists = true
    owner = facts.st_uid
    note(folder, facts)
    for name in try SecretFile.names(folder) { try look(at: name) }
  }

  private mutating func look(at name: String) throws(VaultError) {
    let path = folder + "/" + name
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return }
    note(path, facts)
    if name.hasSuffix(SecretFile.temporarySuffix) { leftovers += 1 }
    if name == "ledger.key" { hasKey = true }
    guard name == "salts" else { return }
    for day in try SecretFile.names(path) {
      if day.hasSuffix(SecretFile.temporarySuffix) { leftovers += 1 } else { days.insert(day) }
      var facts = stat()
      if unsafe stat(path + "/" + day, &facts) == 0 { note(path + "/" + day, facts) }
    }
  }

  private mutating func note(_ path: String, _ facts: stat) {
    if facts.st_mode & 0o077 != 0 { open.append(path) }
    if facts.st_uid != owner { foreign.append(path) }
  }
}

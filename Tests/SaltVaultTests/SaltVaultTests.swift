import Foundation
import SaltVault
import TestSupport
import Testing

@Suite struct SaltVaultTests {
  private let folder: TemporaryFolder
  private let database: String

  init() throws {
    folder = try TemporaryFolder()
    database = folder.path("stats.db")
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func chmod(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func onlyTheOwnerMayReadIt() throws {
    let vault = try SaltVault(besideDatabase: database)
    _ = try vault.ledgerKey()
    _ = try vault.salt(ofDay: "2026-11-09")
    #expect(try mode(database + ".vault") == 0o700)
    #expect(try mode(database + ".vault/salts") == 0o700)
    #expect(try mode(database + ".vault/ledger.key") == 0o600)
    #expect(try mode(database + ".vault/salts/2026-11-09") == 0o600)
  }

  @Test(arguments: [0o750, 0o705, 0o701, 0o777]) func refusesFoldersOfWhichOthersMayReadAnything(_ mode: Int) throws {
    _ = try SaltVault(besideDatabase: database)
    for path in [database + ".vault", database + ".vault/salts"] {
      try chmod(mode, path)
      #expect(throws: VaultError.open(path: path)) { try SaltVault(besideDatabase: database) }
      try chmod(0o700, path)
    }
    _ = try SaltVault(besideDatabase: database)
  }

  @Test func secretsAreRandomAndStay() throws {
    let vault = try SaltVault(besideDatabase: database)
    let days = (1...9).map { "2026-11-0\($0)" }
    let salts = try days.map { try vault.salt(ofDay: $0) }
    let key = try vault.ledgerKey()
    #expect(salts.allSatisfy { $0.count == 32 })
    #expect(Set(salts).count == days.count)
    let other = try SaltVault(besideDatabase: folder.path("other.db"))
    #expect(try other.salt(ofDay: days[0]) != salts[0])
    #expect(try other.ledgerKey() != key)

    let again = try SaltVault(besideDatabase: database)
    #expect(try days.map { try again.salt(ofDay: $0) } == salts)
    #expect(try again.ledgerKey() == key)
    #expect(try again.days() == days)
    #expect(try bytes(database + ".vault/salts/2026-11-01") == salts[0])
  }

  @Test func destroyedSaltsAreGoneAndNeverComeBack() throws {
    let vault = try SaltVault(besideDatabase: database)
    let salt = try vault.salt(ofDay: "2026-11-09")
    let kept = try vault.salt(ofDay: "2026-11-10")
    let other = try vault.salt(ofDay: "2026-11-08")
    try vault.destroySalts(ofDays: ["2026-11-09", "2026-11-08"])
    try vault.destroySalts(ofDays: ["2026-11-09"])
    #expect(!FileManager.default.fileExists(atPath: database + ".vault/salts/2026-11-09"))
    #expect(try vault.days() == ["2026-11-10"])
    #expect(try vault.salt(ofDay: "2026-11-09") != salt)
    #expect(try vault.salt(ofDay: "2026-11-08") != other)
    #expect(try vault.salt(ofDay: "2026-11-10") == kept)
  }

  @Test func whatACrashLeftBehindIsSwept() throws {
    let vault = try SaltVault(besideDatabase: database)
    let salt = try vault.salt(ofDay: "2026-11-09")
    try folder.write([1, 2, 3], to: "stats.db.vault/ledger.key.77.tmp")
    try folder.write([1, 2, 3], to: "stats.db.vault/salts/2026-11-10.77.tmp")
    let again = try SaltVault(besideDatabase: database)
    #expect(try again.days() == ["2026-11-09"])
    #expect(try again.salt(ofDay: "2026-11-09") == salt)
    #expect(try FileManager.default.contentsOfDirectory(atPath: database + ".vault").sorted() == ["salts"])
  }

  /// Several workers see the first line of a day at the same time.
  @Test func threadsAndInstancesThatAskAtOnceAgree() async throws {
    let vaults = [try SaltVault(besideDatabase: database), try SaltVault(besideDatabase: database)]
    let days = (10...29).map { "2026-11-\($0)" }
    let answers = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
      for worker in 0..<8 {
        group.addTask { try days.map { try vaults[worker % 2].salt(ofDay: $0) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 8)
    #expect(Set(answers).count == 1)
    #expect(try vaults[0].days() == days)
  }

  @Test(arguments: [0, 1, 31, 33, 64]) func aSecretOfTheWrongSizeIsDamaged(_ size: Int) throws {
    let vault = try SaltVault(besideDatabase: database)
    let path = try folder.write([UInt8](repeating: 7, count: size), to: "stats.db.vault/salts/2026-11-09")
    #expect(throws: VaultError.damaged(path: path)) { try vault.salt(ofDay: "2026-11-09") }
    #expect(try bytes(path).count == size)
    let key = try folder.write([UInt8](repeating: 7, count: size), to: "stats.db.vault/ledger.key")
    #expect(throws: VaultError.damaged(path: key)) { try vault.ledgerKey() }
  }

  @Test func aVaultThatCannotBeMadeIsAnError() throws {
    #expect(throws: VaultError.self) { try SaltVault(besideDatabase: folder.path("no/such/folder/stats.db")) }
    try folder.write([], to: "file.db.vault")
    #expect(throws: VaultError.self) { try SaltVault(besideDatabase: folder.path("file.db")) }
  }
}

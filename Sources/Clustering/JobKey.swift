import ByteScanning
import Crypto
import Foundation
import Ledger
import Hits
import Importing
import SaltVault
import StatsStore

/// What all processes of a job share: its random secret, the key of the database's ledger, and the sites.
///
/// It is a secret from which addresses could be found by trial as long as the job's streams exist, so it goes from the
/// driver to the mappers by environment or descriptor, and is never written down. Reducers do not need it.
public struct JobKey {
  /// The environment's name of the key.
  public static let variable = "FOOTFALL_JOB_KEY"

  private struct Site: Codable {
    var host: String
    var hosts: [String]
    var files: [String]
    var paths: [String]
    var zone: String
    var behaviour: String
  }

  private struct Content: Codable {
    var version: Int
    var secret: [UInt8]
    var ledger: [UInt64]
    var sites: [Site]
    var takesAll: Bool
  }

  private let content: Content
  private let bytes: Data

  /// A new key for counting logs into a database, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - site: the host of the site that every line counts for, made where it is new; nil for all sites of the database,
  ///     which the log tells.
  ///   - timeZone: the IANA zone of a new site.
  ///   - definitions: sites that are made, or given what they do not have yet, before.
  /// - Throws: ``ImportFailure``, `StoreError`, `VaultError`.
  public init(
    newFor database: String, site: String?, timeZone: String?, definitions: [SiteDefinition], wait: Double
  ) throws {
    guard site != nil || timeZone == nil else { throw ImportFailure.usage("--timezone goes with --site") }
    let asked = site.map { SiteDefinition(host: $0, timeZone: timeZone) }
    var added: [SiteProfile] = []
    if asked != nil || !definitions.isEmpty {
      let adding = try SiteAdding(database: database, wait: wait)
      added = try (definitions + (asked.map { [$0] } ?? [])).map { try adding.add($0) }
    }
    let store = try StatsStore(existing: database, wait: wait)
    let key = try SaltVault(besideDatabase: database).ledgerKey()
    guard try store.accepts(keyFingerprint: LineHasher(key: key).keyFingerprint) else {
      throw ImportFailure.failed(
        "\(database): the secrets in \(database).vault are not those it was made with; bring them back")
    }
    let sites = asked == nil ? try store.sites() : added.suffix(1)
    guard !sites.isEmpty else {
      throw ImportFailure.usage("which site are the lines of? name it with --site, or see footfall sites add")
    }
    content = Content(
      version: StreamVersion.stream, secret: (0..<32).map { _ in .random(in: .min ... .max) }, ledger: [key.0, key.1],
      sites: sites.map {
        Site(
          host: $0.host, hosts: $0.hosts, files: $0.files, paths: $0.paths, zone: $0.timeZone,
          behaviour: $0.behaviour.text)
      }, takesAll: site != nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    bytes = try encoder.encode(content)
  }

  /// Reads a key that was handed over.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` where it is none, or one of another version.
  public init(text: String) throws {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: trimmed),
      let content = try? JSONDecoder().decode(Content.self, from: bytes),
      content.secret.count == 32, content.ledger.count == 2, !content.sites.isEmpty
    else { throw ImportFailure.usage("the job key is none that footfall job-key has printed") }
    guard content.version == StreamVersion.stream else {
      throw ImportFailure.usage(
        "the job key is of version \(content.version), this is version \(StreamVersion.stream); use one footfall for all of a job"
      )
    }
    self.content = content
    self.bytes = bytes
  }

  /// The key as it is handed over: letters, digits and `+/=`.
  public var text: String { bytes.base64EncodedString() }

  /// Whether every line is for the first site; else the log tells.
  var takesAll: Bool { content.takesAll }

  /// Tells jobs apart and gives nothing of the key away.
  var fingerprint: String { HexDigits.text(SHA256.hash(data: bytes).prefix(8)) }

  /// The secrets that visitors and line hashes are made by: the salt of a day is HMAC-SHA-256 of its name.
  var secrets: JobSecrets {
    let secret = content.secret
    return JobSecrets(ledgerKey: (content.ledger[0], content.ledger[1])) { day in
      let name = Array(DayName.name(day).utf8)
      return Array(HMAC<SHA256>.authenticationCode(for: name, using: SymmetricKey(data: secret)))
    }
  }

  /// The sites; their ids are their places, from 1.
  func sites() throws -> [SiteProfile] {
    try content.sites.enumerated().map { index, site in
      guard let calendar = ZoneCalendar.calendar(named: site.zone),
        let behaviour = BehaviourRules(site.behaviour)
      else { throw ImportFailure.usage("the job key names a zone or a rule that is not known here: \(site.zone)") }
      return SiteProfile(
        id: UInt32(index + 1), trackingID: "", host: site.host, hosts: site.hosts, files: site.files,
        paths: site.paths, timeZone: site.zone, calendar: calendar, behaviour: behaviour)
    }
  }
}

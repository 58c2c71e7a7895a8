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
/// It is a secret: as long as the job's streams exist, it allows addresses to be found by trial. So the driver passes
/// it to the mappers by environment or file descriptor, and it is never written down. Reducers do not need it.
public struct JobKey {
  /// The name of the environment variable that holds the key.
  public static let variable = "FOOTFALL_JOB_KEY"

  private struct Site: Codable {
    var host: String
    var hosts: [String]
    var files: [String]
    var paths: [String]
    var zone: String
    var rules: String
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

  /// Creates a key for counting logs into a database, which is created if it is missing.
  ///
  /// - Parameters:
  ///   - site: the host of the site that every line counts for, created if it is new; nil for all sites of the
  ///     database, identified by the log.
  ///   - timeZone: the IANA zone of a new site.
  ///   - definitions: sites to create or complete first.
  /// - Throws: ``ImportFailure``, `StoreError`, `VaultError`.
  public init(
    newFor database: String, site: String?, timeZone: String?, definitions: [SiteDefinition], wait: Double
  ) throws {
    guard site != nil || timeZone == nil else { throw ImportFailure.usage("--timezone requires --site") }
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
        "\(database): the secrets in \(database).vault are not those it was created with; restore them")
    }
    let sites = asked == nil ? try store.sites() : added.suffix(1)
    guard !sites.isEmpty else {
      throw ImportFailure.usage("no site for the lines; name it with --site, or see footfall sites add")
    }
    content = Content(
      version: StreamVersion.stream, secret: (0..<32).map { _ in .random(in: .min ... .max) }, ledger: [key.0, key.1],
      sites: sites.map {
        Site(
          host: $0.host, hosts: $0.hosts, files: $0.files, paths: $0.paths, zone: $0.timeZone,
          rules: $0.rules.text)
      }, takesAll: site != nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    bytes = try encoder.encode(content)
  }

  /// Parses a key that was passed on.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` if the text is not a key, or the key has another version.
  public init(text: String) throws {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: trimmed),
      let content = try? JSONDecoder().decode(Content.self, from: bytes),
      content.secret.count == 32, content.ledger.count == 2, !content.sites.isEmpty
    else { throw ImportFailure.usage("the job key is not one that footfall job-key printed") }
    guard content.version == StreamVersion.stream else {
      throw ImportFailure.usage(
        "the job key has version \(content.version), but this footfall has version \(StreamVersion.stream); use one version for the whole job"
      )
    }
    self.content = content
    self.bytes = bytes
  }

  /// The key as text: letters, digits and `+/=`.
  public var text: String { bytes.base64EncodedString() }

  /// Whether every line is for the first site; otherwise the log identifies the site of each line.
  var takesAll: Bool { content.takesAll }

  /// Identifies the job without revealing anything about the key.
  var fingerprint: String { HexDigits.text(SHA256.hash(data: bytes).prefix(8)) }

  /// The secrets of visitors and line hashes; the salt of a day is the HMAC-SHA-256 of its name.
  var secrets: JobSecrets {
    let secret = content.secret
    return JobSecrets(ledgerKey: (content.ledger[0], content.ledger[1])) { day in
      let name = Array(DayName.name(day).utf8)
      return Array(HMAC<SHA256>.authenticationCode(for: name, using: SymmetricKey(data: secret)))
    }
  }

  /// Returns the sites; their ids are their positions, from 1.
  func sites() throws -> [SiteProfile] {
    try content.sites.enumerated().map { index, site in
      let calendar = try ImportFailure.calendar(named: site.zone)
      guard let rules = DayRules(site.rules) else {
        throw ImportFailure.usage("the job key has settings of \(site.host) that are unknown here")
      }
      return SiteProfile(
        id: UInt32(index + 1), trackingID: "", host: site.host, hosts: site.hosts, files: site.files,
        paths: site.paths, timeZone: site.zone, calendar: calendar, behaviour: rules.behaviour,
        funnels: rules.funnels)
    }
  }
}

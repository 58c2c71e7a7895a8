import Foundation
import Hits
import PrivacyPipeline
import StatsStore

/// Adds sites and host names to a database.
public struct SiteAdding {
  private let store: StatsStore
  private let byImport: Bool

  /// Opens the database for writing.
  ///
  /// - Parameter wait: how many seconds to wait for another writer.
  public init(database: String, wait: Double) throws {
    store = try StatsStore(path: database, mode: .write(wait: wait))
    byImport = false
  }

  /// Makes the site of an import.
  init(forImportInto store: StatsStore) {
    self.store = store
    byImport = true
  }

  /// Finds or makes a site and gives it host names and behaviour rules.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` for names that are no host, unknown zones and unknown rules, ``StoreError``
  ///   otherwise.
  public func add(
    host: String, timeZone: String?, aliases: [String] = [], behaviour: String? = nil
  ) throws -> SiteProfile {
    let rules = try behaviour.map(Self.rules)
    if let timeZone, ZoneCalendar.calendar(named: timeZone) == nil {
      throw ImportFailure.usage(Self.unknownZone(timeZone))
    }
    let profile = try store.site(
      host: try Self.hostName(host), timeZone: timeZone, byImport: byImport,
      now: Int64(Date().timeIntervalSince1970))
    try store.addHosts(try aliases.map(Self.hostName), to: profile)
    if let rules {
      try store.setBehaviour(rules, of: profile)
      try store.rebuildDirtyDays()
    }
    return profile
  }

  private static func rules(_ text: String) throws -> BehaviourRules {
    guard let rules = BehaviourRules(text) else {
      let names = BehaviourRule.allCases.map(\.name).joined(separator: ", ")
      throw ImportFailure.usage("no behaviour rules '\(text)'; give default, off, or some of \(names), with commas")
    }
    return rules
  }

  private static func hostName(_ text: String) throws -> String {
    let name = text.hasPrefix("gx_") ? text : HostName.canonical(text)
    let isHost =
      !name.isEmpty && name.count <= 253
      && name.utf8.allSatisfy { byte in
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
          || byte == 0x2E || byte == 0x5F || byte == 0x5B || byte == 0x5D || byte == 0x3A || byte >= 0x80
      }
    guard isHost else {
      throw ImportFailure.usage("'\(text)' is no host name; give it as in --site example.com")
    }
    return name
  }

  private static func unknownZone(_ name: String) -> String {
    let near = ZoneCalendar.suggestions(for: name)
    let advice =
      near.isEmpty ? "use an IANA name such as Europe/Berlin" : "did you mean \(near.joined(separator: " or "))?"
    return "no time zone '\(name)'; \(advice)"
  }
}

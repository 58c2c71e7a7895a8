import Foundation
import Hits
import PrivacyPipeline
import StatsStore
import Synchronization

/// Creates a site for each host that is met for the first time.
///
/// Unchecked because the store is used here only to create sites, and its queue creates one after the other.
final class SiteMaking: SiteMaker, @unchecked Sendable {
  /// The largest number of sites that an import creates, so that invented hosts in a log cannot fill the database.
  private static let mostSites = 1_000

  private let store: StatsStore
  private let timeZone: String?
  private let made = Mutex<[String: SiteProfile]>([:])

  init(_ store: StatsStore, timeZone: String?) {
    self.store = store
    self.timeZone = timeZone
  }

  /// The hosts of the sites that were created.
  var hosts: [String] { made.withLock { $0.keys.sorted() } }

  func site(forNewHost host: String) throws -> SiteProfile? {
    guard Self.isName(host) else { return nil }
    return try made.withLock { made in
      if let site = made[host] { return site }
      guard made.count < Self.mostSites else { return nil }
      let site = try store.site(
        host: host, timeZone: timeZone, byImport: true, now: Int64(Date().timeIntervalSince1970))
      made[host] = site
      return site
    }
  }

  /// Returns whether this is a host name with a dot, and neither an address nor what robots send instead of a host.
  private static func isName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, host.utf8.count <= 253, let last = labels.last, last.contains(where: \.isLetter) else {
      return false
    }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { byte in
          (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x5F
            || byte >= 0x80
        }
    }
  }
}

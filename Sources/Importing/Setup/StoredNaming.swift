import ByteScanning
import Hits
import PageNames
import Redaction
import StatsStore

/// Names texts that are stored already as those of new lines are named.
///
/// A class, because namers keep buffers, and functions that share them name the texts of all dimensions.
public final class StoredNaming {
  /// For each site, by its id.
  private var namers: [UInt32: PageNamer] = [:]

  /// Creates namers for the sites of a database.
  public init(_ naming: SiteNaming, _ sites: [SiteProfile]) {
    for site in sites { namers[site.id] = PageNamer(naming[site.host]) }
  }

  /// The names as functions of site and text.
  public var renaming: Renaming {
    Renaming(page: page, pastPage: pastPage, source: source, referrer: referrer, value: value)
  }

  private func page(_ site: UInt32, _ text: String) -> String {
    namers[site]?.name(ofStored: text) ?? text
  }

  private func pastPage(_ site: UInt32, _ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? namers[site]?.redactor.path(text) ?? text : value(site, text)
  }

  private func value(_ site: UInt32, _ text: String) -> String {
    namers[site]?.redactor.value(text) ?? text
  }

  /// Names a source: a host, a well-known name, or what a campaign called it.
  private func source(_ site: UInt32, _ text: String) -> String {
    let isHost =
      text.contains(".") && text.utf8.allSatisfy { Byte.isLetterOrDigit($0) || $0 == Byte.dot || $0 == Byte.hyphen }
    return isHost ? namers[site]?.redactor.host(text) ?? text : value(site, text)
  }

  /// Names host and path of a referrer.
  private func referrer(_ site: UInt32, _ text: String) -> String {
    guard let redactor = namers[site]?.redactor else { return text }
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    let path = text[slash...]
    return redactor.host(String(text[..<slash])) + (path.isEmpty ? "" : redactor.path(String(path)))
  }
}

import ByteScanning
import Hits

/// When versions of browsers were replaced, and from which day on a version therefore is an old one.
///
/// The dates are those of `releases.tsv`: MDN's browser-compat-data, <https://github.com/mdn/browser-compat-data>.
struct BrowserReleases: Sendable {
  /// The first release of a major version of a browser, by its name in browser-compat-data.
  struct Release {
    var browser: String
    var version: Int32
    /// In days since 1970-01-01.
    var day: Int32
  }

  /// How the versions of a browser are judged.
  private struct Family {
    /// The name of its releases in browser-compat-data.
    var releases: String
    /// For how many years after it was replaced a version is not an old one. See ``selfUpdating`` and ``bound``.
    var years: Int
    /// The versions that the releases apply to. Those below it are older still; those above it are unknown.
    var versions: ClosedRange<Int32> = 0...(.max)
    /// The browser whose first release replaced the last version.
    var successor: String?
  }

  /// Years for browsers that update themselves. Their last versions for Windows XP, 7 and old phones stay in use for some
  /// years, and so do Firefox's with long support.
  private static let selfUpdating = 5
  /// Years for browsers whose version depends on the system or its engine: a device keeps the last one that it gets.
  private static let bound = 8

  /// The browsers as the rules name them. Others, such as apps with a version of their own, never are old ones. Names for
  /// previews, such as Firefox Beta, are left out: they are few.
  private static let families: [String: Family] = [
    "Chrome": Family(releases: "chrome", years: selfUpdating),
    "Chromium": Family(releases: "chrome", years: selfUpdating),
    "Chrome Mobile": Family(releases: "chrome_android", years: selfUpdating),
    // Has the engine of the system, which decides about its last version.
    "Chrome Mobile iOS": Family(releases: "chrome", years: bound),
    // On Android 4.4 part of the system, and later on devices without Google's shop. It has Chrome's versions.
    "Chrome Mobile WebView": Family(releases: "chrome_android", years: bound),
    "Edge": Family(releases: "edge", years: selfUpdating),
    // Had numbers of its own until it got those of Edge in summer 2021. Edge on Windows Phone is older.
    "Edge Mobile": Family(releases: "edge", years: selfUpdating, versions: 92...(.max)),
    "Firefox": Family(releases: "firefox", years: selfUpdating),
    // Only the one on Android: Firefox iOS has had numbers of its own.
    "Firefox Mobile": Family(releases: "firefox_android", years: selfUpdating),
    "Opera": Family(releases: "opera", years: selfUpdating),
    "Opera Mobile": Family(releases: "opera_android", years: selfUpdating),
    "Samsung Internet": Family(releases: "samsunginternet_android", years: selfUpdating),
    // IE 11 was retired on 2022-06-15, but replaced on 2015-07-29, by Edge in Windows 10. The latter is taken: eight years on,
    // IE 11 had no support on any Windows for people, and in logs of 2024 it is sent by programs.
    "IE": Family(releases: "ie", years: bound, successor: "edge"),
    "IE Mobile": Family(releases: "ie", years: bound, successor: "edge"),
    "Safari": Family(releases: "safari", years: bound),
    "Mobile Safari": Family(releases: "safari_ios", years: bound),
    "Mobile Safari UI/WKWebView": Family(releases: "safari_ios", years: bound),
    // The browser of Android 4 and older has the system's version. WebView 37, of Android 5, replaced it. The rules name other
    // browsers on later systems so, too.
    "Android": Family(releases: "webview_android", years: bound, versions: 0...4),
  ]

  /// The major versions of each browser in ascending order, and the day of their first release.
  private let releases: [String: [(version: Int32, day: Int32)]]

  init(_ found: [Release]) {
    releases = Dictionary(grouping: found, by: \.browser).mapValues { releases in
      releases.map { ($0.version, $0.day) }.sorted { $0.0 < $1.0 }
    }
  }

  /// Reads a line of `releases.tsv`.
  static func release(_ columns: [String]) throws(UserAgentRules.Reason) -> Release {
    guard columns.count == 3 else { throw .init(text: "expected 3 columns, found \(columns.count)") }
    guard !columns[0].isEmpty else { throw .init(text: "the browser is missing") }
    guard let version = number(columns[1]) else { throw .init(text: "the second column must be a major version") }
    guard let day = DayName.day(named: columns[2]) else {
      throw .init(text: "the third column must be a date such as 2024-10-24")
    }
    return Release(browser: columns[0], version: version, day: day)
  }

  /// Returns the first local day, in days since 1970-01-01, on which the version of a client's browser is an old one;
  /// `.max` if it never is, or if that is unknown.
  ///
  /// That is some years after the next major version came out: five if the browser updates itself, else eight. Television
  /// sets, consoles and watches keep the version that they were sold with, so it tells nothing there.
  func oldFrom(_ client: Client) -> Int32 {
    guard ![.tv, .console, .wearable].contains(client.device), let family = Self.families[client.browser],
      let version = Self.number(client.browserVersion),
      version <= family.versions.upperBound, let replaced = replaced(version, of: family)
    else { return .max }
    let date = DayName.civil(replaced)
    return DayName.days(year: date.year + family.years, month: date.month, day: date.day)
  }

  /// Returns the day on which a version was replaced.
  private func replaced(_ version: Int32, of family: Family) -> Int32? {
    guard let known = releases[family.releases] else { return nil }
    let next = known.first { $0.version > version && $0.version >= family.versions.lowerBound }
    return next?.day ?? family.successor.flatMap { releases[$0]?.first?.day }
  }

  private static func number(_ text: String) -> Int32? {
    !text.isEmpty && text.utf8.allSatisfy(Byte.isDigit) ? Int32(text) : nil
  }
}

import Foundation
import Hits
import TestSupport
import Testing

@testable import UserAgents

/// From which day on browsers are old ones, as real user agents name them.
@Suite struct BrowserReleasesTests {
  /// Some real releases, and no others. The versions are not in order.
  private static let releases = """
    # a comment
    chrome\t50\t2016-04-13
    chrome\t49\t2016-03-02
    chrome\t64\t2018-01-24
    chrome\t110\t2023-02-07
    chrome_android\t37\t2014-09-03
    chrome_android\t74\t2019-04-24
    edge\t12\t2015-07-28
    edge\t13\t2015-11-12
    edge\t18\t2018-10-02
    edge\t79\t2020-01-15
    edge\t92\t2021-07-22
    edge\t93\t2021-09-02
    firefox\t4\t2011-03-22
    firefox\t46\t2016-04-26
    firefox\t53\t2017-04-19
    firefox_android\t79\t2020-07-28
    ie\t6\t2001-08-27
    ie\t9\t2011-03-14
    ie\t11\t2013-10-17
    opera\t12\t2012-06-14
    opera\t15\t2013-07-02
    opera\t93\t2022-11-17
    opera_android\t12\t2012-02-25
    opera_android\t14\t2013-05-21
    safari\t9\t2015-09-30
    safari\t10\t2016-09-20
    safari_ios\t10\t2016-09-13
    samsunginternet_android\t4\t2016-03-11
    webview_android\t1\t2008-09-23
    webview_android\t2\t2009-10-26
    webview_android\t4\t2011-10-18
    webview_android\t37\t2014-09-03
    webview_android\t107\t2022-10-25

    """

  private static let rules: CompiledRules? = try? RuleSet.compiled(releases: Array(releases.utf8))

  private static let windows = "Mozilla/5.0 (Windows NT 6.1; Win64; x64)"
  private static let kit = "AppleWebKit/537.36 (KHTML, like Gecko)"
  private static let iPad = "Mozilla/5.0 (iPad; CPU OS 9_3_5 like Mac OS X) AppleWebKit/601.1.46 (KHTML, like Gecko)"

  /// User agents, the browser and version that they name, and the first day on which it is an old one; nil for none.
  private static let cases: [(agent: String, browser: String, oldFrom: String?)] = [
    ("\(windows) \(kit) Chrome/49.0.2623.112 Safari/537.36", "Chrome 49", "2021-04-13"),
    ("\(windows) \(kit) Chrome/17.0.963.56 Safari/535.11", "Chrome 17", "2021-03-02"),
    ("\(windows) \(kit) Chrome/109.0.0.0 Safari/537.36", "Chrome 109", "2028-02-07"),
    // The newest that is known, one that came later, and one that nobody released.
    ("\(windows) \(kit) Chrome/110.0.0.0 Safari/537.36", "Chrome 110", nil),
    ("\(windows) \(kit) Chrome/156.0.0.0 Safari/537.36", "Chrome 156", nil),
    ("\(windows) \(kit) Chrome/99999999999.0.0.0 Safari/537.36", "Chrome 99999999999", nil),
    (
      "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) \(kit) Chrome/41.0.2272.96 Mobile Safari/537.36",
      "Chrome Mobile 41", "2024-04-24"
    ),
    (
      "\(iPad) CriOS/63.0.3239.73 Mobile/13G36 Safari/601.1.46",
      "Chrome Mobile iOS 63", "2026-01-24"
    ),
    (
      "Mozilla/5.0 (Linux; Android 4.4.2; GT-I9505 Build/KOT49H) \(kit) Version/4.0 Chrome/30.0.0.0 Mobile Safari/537.36",
      "Chrome Mobile WebView 30", "2022-09-03"
    ),
    (
      "Mozilla/5.0 (Linux; Android 7.0; SM-G930V Build/NRD90M; wv) \(kit) Version/4.0 Chrome/59.0.3071.125 Mobile Safari/537.36",
      "Chrome Mobile WebView 59", "2027-04-24"
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:45.0) Gecko/20100101 Firefox/45.0", "Firefox 45", "2021-04-26"),
    ("Mozilla/5.0 (Windows NT 5.1; rv:52.0) Gecko/20100101 Firefox/52.0", "Firefox 52", "2022-04-19"),
    ("Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.2) Gecko/20100115 Firefox/3.6", "Firefox 3", "2016-03-22"),
    ("Mozilla/5.0 (Android 8.0.0; Mobile; rv:68.0) Gecko/68.0 Firefox/68.0", "Firefox Mobile 68", "2025-07-28"),
    ("\(iPad) FxiOS/8.3 Mobile/13G36 Safari/601.1.46", "Firefox iOS 8", nil),
    ("\(windows) \(kit) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763", "Edge 18", "2025-01-15"),
    ("\(windows) \(kit) Chrome/87.0.4280.88 Safari/537.36 Edg/87.0.664.66", "Edge 87", "2026-07-22"),
    (
      "Mozilla/5.0 (Windows Phone 10.0; Android 4.2.1; Microsoft; Lumia 950) \(kit) Chrome/46.0.2486.0 Mobile Safari/537.36 "
        + "Edge/13.10586", "Edge Mobile 13", "2026-07-22"
    ),
    (
      "Mozilla/5.0 (Linux; Android 10; HD1913) \(kit) Chrome/91.0.4472.120 Mobile Safari/537.36 EdgA/46.6.4.5160",
      "Edge Mobile 46", "2026-07-22"
    ),
    (
      "Mozilla/5.0 (Linux; Android 10; HD1913) \(kit) Chrome/96.0.4664.92 Mobile Safari/537.36 EdgA/96.0.1054.53",
      "Edge Mobile 96", nil
    ),
    ("Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.16", "Opera 12", "2018-07-02"),
    ("\(windows) \(kit) Chrome/49.0.2623.112 Safari/537.36 OPR/36.0.2130.80", "Opera 36", "2027-11-17"),
    (
      "Opera/9.80 (Android 2.3.3; Linux; Opera Mobi/ADR-1111101157; U; es-ES) Presto/2.9.201 Version/11.50",
      "Opera Mobile 11", "2017-02-25"
    ),
    ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10", "Opera Mini 7", nil),
    (
      "Mozilla/5.0 (Linux; Android 5.1.1; SAMSUNG SM-J320F Build/LMY47V) \(kit) SamsungBrowser/3.5 Chrome/38.0.2125.102 "
        + "Mobile Safari/537.36", "Samsung Internet 3", "2021-03-11"
    ),
    ("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)", "IE 6", "2019-03-14"),
    ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "IE 11", "2023-07-28"),
    // In compatibility view, IE 11 claims to be 7.
    ("Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; WOW64; Trident/7.0; SLCC2)", "IE 11", "2023-07-28"),
    (
      "Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0; ARM; Touch; NOKIA; Lumia 920)",
      "IE Mobile 10", "2021-10-17"
    ),
    (
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_6) AppleWebKit/601.7.7 (KHTML, like Gecko) Version/9.1.2 Safari/601.7.7",
      "Safari 9", "2024-09-20"
    ),
    ("\(iPad) Version/9.0 Mobile/13G36 Safari/601.1", "Mobile Safari 9", "2024-09-13"),
    ("\(iPad) Version/9.0 Mobile/13G36", "Mobile Safari UI/WKWebView 9", "2024-09-13"),
    ("\(iPad) Mobile/13G36", "Mobile Safari UI/WKWebView", nil),
    (
      "Mozilla/5.0 (Linux; U; Android 4.0.4; de-de; GT-I9100 Build/IMM76D) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 "
        + "Mobile Safari/534.30", "Android 4", "2022-09-03"
    ),
    (
      "Mozilla/5.0 (Linux; U; Android 2.3.6; en-us; GT-S5830 Build/GINGERBREAD) AppleWebKit/533.1 (KHTML, like Gecko) "
        + "Version/4.0 Mobile Safari/533.1", "Android 2", "2019-10-18"
    ),
    // A browser of somebody else on a later system.
    (
      "Mozilla/5.0 (Linux; U; Android 7.0; en-us; X Build/NRD90M) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile "
        + "Safari/534.30", "Android 7", nil
    ),
    ("\(windows) \(kit) Chrome/49.0.2623.112 YaBrowser/16.4.1.9204 Safari/537.36", "Yandex Browser 16", nil),
    ("\(windows) \(kit) Chrome/49.0.2623.112 Safari/537.36 Vivaldi/1.0.435.46", "Vivaldi 1", nil),
    // A television set of 2014.
    ("Mozilla/5.0 (Web0S; Linux/SmartTV) \(kit) Chrome/38.0.2125.122 Safari/537.36 WebAppManager", "Chrome 38", nil),
    ("Dillo/3.0.5", "Dillo 3", nil), ("-", "Other", nil),
  ]

  @Test(arguments: cases)
  func versionsAreOldYearsAfterTheNextOne(_ agent: String, _ browser: String, _ oldFrom: String?) throws {
    let parser = UserAgentParser(try #require(Self.rules))
    guard case .client(let client) = parser.judge(agent) else {
      Issue.record("a robot: \(browser)")
      return
    }
    #expect("\(client.browser) \(client.browserVersion)".trimmingCharacters(in: .whitespaces) == browser)
    let day = parser.oldFrom(client)
    #expect((day == .max ? nil : DayName.name(day)) == oldFrom, "\(browser)")
  }

  /// In a year without February 29, it is the day after the 28th.
  @Test func everyDayHasAnAnniversary() throws {
    let rules = try UserAgentRules(browsers: [], crawlers: [], releases: Array("chrome\t2\t2016-02-29".utf8))
    #expect(DayName.name(rules.releases.oldFrom(Self.client("Chrome", "1"))) == "2021-03-01")
  }

  @Test(arguments: ["", "# none\n", "firefox\t146\t2025-12-09\n"])
  func withoutReleasesOfABrowserNoVersionIsOld(_ releases: String) throws {
    let rules = try UserAgentRules(browsers: [], crawlers: [], releases: Array(releases.utf8))
    for browser in ["Chrome", "IE", "Opera Mobile", "Android"] {
      #expect(rules.releases.oldFrom(Self.client(browser, "1")) == .max)
    }
  }

  /// What the data of each source has.
  @Test(arguments: [
    ("Chrome", "49", "2021-04-13"), ("Chrome Mobile", "80", "2025-04-07"), ("Firefox", "45", "2021-04-26"),
    ("Firefox Mobile", "68", "2025-07-28"), ("Edge", "18", "2025-01-15"), ("Safari", "9", "2024-09-20"),
    ("Mobile Safari", "9", "2024-09-13"),
  ])
  func theDataHasTheBrowsersOfMost(_ browser: String, _ version: String, _ oldFrom: String) {
    #expect(DayName.name(RuleSet.compiled.releases.oldFrom(Self.client(browser, version))) == oldFrom)
  }

  private static func client(_ browser: String, _ version: String) -> Client {
    Client(browser: browser, browserVersion: version, system: "", systemVersion: "", device: .other)
  }
}

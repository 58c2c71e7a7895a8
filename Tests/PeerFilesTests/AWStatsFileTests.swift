import Hits
import PeerFiles
import Redaction
import Testing

/// Files of AWStats as they can be: in any order, edited, cut off, in other encodings. `OriginTests` compares with files that
/// AWStats writes.
@Suite struct AWStatsFileTests {
  private static let head = """
    AWSTATS DATA FILE 7.8 (build 20200416)
    # If you remove this file, all statistics for date 202401 will be lost/reset.

    """
  private static let general =
    "BEGIN_GENERAL 3\nLastUpdate 20240201000000 1 0 1 0 0\nTotalVisits 3  \nTotalUnique 2\nEND_GENERAL\n"
  private static let time = "BEGIN_TIME 2\n0 1 2 300 4 5 600\n13 2 3 400 0 0 0\nEND_TIME\n"
  private static let day = "BEGIN_DAY 1\n20240117 3 5 700 3\nEND_DAY\n"

  private static func read(_ text: String, _ name: String = "awstats012024.example.com.txt") throws -> PeerFile {
    try read(Array(text.utf8), name)
  }

  private static func read(_ bytes: [UInt8], _ name: String = "awstats012024.example.com.txt") throws -> PeerFile {
    try PeerReader(.awstats, Redactor(.standard), calendar: .utc).read(bytes, name: name)
  }

  private static func numbers(_ file: PeerFile, _ dimension: String, _ value: String = "") -> [String: Int64] {
    let rows = file.parts.flatMap(\.rows).filter { $0.dimension == dimension && $0.value == value && $0.step == .month }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.measure, $0.number) })
  }

  @Test func totalsAreSums() throws {
    let file = try Self.read(Self.head + Self.general + Self.time + Self.day)
    #expect(
      Self.numbers(file, "total") == [
        "visits": 3, "unique_visitors": 2, "hosts": 0, "pages": 3, "hits": 5, "bytes": 700, "not_viewed_pages": 4,
        "not_viewed_hits": 5, "not_viewed_bytes": 600,
      ])
    #expect(file.parts[0].source == "example.com")
    #expect(DayName.name(file.parts[0].covered.upperBound) == "2024-01-17")
  }

  /// AWStats writes most of its lists in the order of Perl's hashes.
  @Test func orderDoesNotMatter() throws {
    let rows = ["js 8 1500 0 0\n", "pdf 6 30521 0 0\n", "css 1 2 0 0\n"]
    let head: String = Self.head + Self.general + Self.time + Self.day
    let texts: [String] = [rows, rows.reversed()].map { rows -> String in
      head + "BEGIN_FILETYPES 3\n" + rows.joined() + "END_FILETYPES\n"
    }
    #expect(try Self.read(texts[0]).parts[0].identity == Self.read(texts[1]).parts[0].identity)
    let other = texts[0].replacing("js 8", with: "js 9")
    #expect(try Self.read(texts[0]).parts[0].identity != Self.read(other).parts[0].identity)
  }

  @Test func mapIsNotBelieved() throws {
    let map = "BEGIN_MAP 3\nPOS_GENERAL 9999   \nPOS_TIME 1   \nPOS_DAY 5  \nEND_MAP\n"
    #expect(try Self.numbers(Self.read(Self.head + map + Self.day + Self.general + Self.time), "total")["pages"] == 3)
  }

  /// What own counting leaves of a referrer, and of a page.
  @Test(
    arguments: [
      ("http://192.0.2.99:8080/x", ":ip/x"), ("http://[2001:db8::99]:8080/x", ":ip/x"),
      ("http://[2001:db8::99]/x", ":ip/x"),
      ("http://192.0.2.99/x", ":ip/x"), ("https://jane@example.net:443/a?b=c#d", "example.net/a"),
      ("//jane@example.net/a", "example.net/a"), ("Google", "Google"), ("https://example.net", "example.net"),
    ])
  func referrersKeepHostAndPath(_ referrer: String, _ expected: String) throws {
    let list = "BEGIN_PAGEREFS 1\n\(referrer) 2 3\nEND_PAGEREFS\n"
    let file = try Self.read(Self.head + Self.general + Self.time + Self.day + list)
    #expect(Self.numbers(file, "referrer", expected) == ["pages": 2, "hits": 3])
  }

  @Test(
    arguments: [
      ("/a;JSESSIONID=0A1B", "/a"), ("/a;jsessionid=0A1B", "/a"), ("http://jane:secret@example.com/p", "/p"),
      ("http://example.com", "/"), ("/a?b=/c", "/a"), ("/a/http://example.net/", "/a/http://example.net/"),
    ])
  func pagesKeepTheirPath(_ page: String, _ expected: String) throws {
    let list = "BEGIN_SIDER 1\n\(page) 2 300 1 1\nEND_SIDER\n"
    let file = try Self.read(Self.head + Self.general + Self.time + Self.day + list)
    #expect(Self.numbers(file, "page", expected) == ["pages": 2, "bytes": 300, "entries": 1, "exits": 1])
  }

  /// Numbers that cannot be true would make sums overflow.
  @Test func numbersAreLimited() throws {
    let rows = "0 9223372036854775807 2 300 4 5 600\n1 9223372036854775807 2 300 4 5 600\n"
    let error = #expect(throws: PeerFileError.self) {
      try Self.read(Self.head + Self.general + "BEGIN_TIME 2\n" + rows + "END_TIME\n" + Self.day)
    }
    #expect(error?.reason.contains("too large to be true") == true)
    let round = "BEGIN_TIME 1\n0 1 2 1.5e+15 4 5 600\nEND_TIME\n"
    let file = try Self.read(Self.head + Self.general + round + Self.day)
    #expect(Self.numbers(file, "total")["bytes"] == 1_500_000_000_000_000)
  }

  @Test func aSectionComesOnce() throws {
    let error = #expect(throws: PeerFileError.self) {
      try Self.read(Self.head + Self.general + Self.time + Self.day + Self.time)
    }
    #expect(error?.reason.contains("TIME is there a second time") == true)
  }

  /// A damaged file may hold anything where the name of a section should be.
  @Test func messagesNameOnlySectionsThatAreKnown() throws {
    let error = #expect(throws: PeerFileError.self) {
      try Self.read(Self.head + Self.general + Self.time + Self.day + "BEGIN_jane@example.org 1\n")
    }
    #expect(error?.reason.hasPrefix("a section has no end") == true)
  }

  @Test func systemsAreFoundBehindTheirOddHead() throws {
    let os = "BEGIN_OS ID - Hits - Pages 1\nlinux 28 15\nEND_OS\n"
    #expect(
      try Self.numbers(Self.read(Self.head + Self.general + Self.time + Self.day + os), "os", "linux")
        == ["hits": 28, "pages": 15])
  }

  @Test func downloadsHaveThreeNumbers() throws {
    let list = "BEGIN_DOWNLOADS 1\n/docs/manual.pdf 6 1 30521\nEND_DOWNLOADS\n"
    #expect(
      try Self.numbers(
        Self.read(Self.head + Self.general + Self.time + Self.day + list), "download", "/docs/manual.pdf")
        == ["hits": 6, "partial_hits": 1, "bytes": 30_521])
  }

  /// The query is dropped, and what is the same page then is one.
  @Test func queriesAreDropped() throws {
    let list = """
      BEGIN_SIDER 3
      /search?q=secret&mail=jane@example.org 2 10 1 1
      /search?q=other 3 10 0 1
      /reset/jane@example.org 1 5 0 0
      END_SIDER
      BEGIN_PAGEREFS 1
      https://jane:secret@www.example.net/links?from=jane 4 6
      END_PAGEREFS

      """
    let file = try Self.read(Self.head + Self.general + Self.time + Self.day + list)
    #expect(Self.numbers(file, "page", "/search") == ["pages": 5, "bytes": 20, "entries": 1, "exits": 2])
    #expect(Self.numbers(file, "page", "/reset/:email") == ["pages": 1, "bytes": 5])
    #expect(Self.numbers(file, "referrer", "www.example.net/links") == ["pages": 4, "hits": 6])
    let values = file.parts.flatMap(\.rows).map(\.value)
    #expect(values.allSatisfy { !$0.contains("jane") && !$0.contains("secret") })
  }

  @Test func bytesOfLatin1AreText() throws {
    var bytes = Array((Self.head + Self.general + Self.time + Self.day + "BEGIN_SIDER 1\n/caf").utf8)
    bytes += [0xE9] + Array(" 2 10 1 1\nEND_SIDER\n".utf8)
    #expect(try Self.numbers(Self.read(bytes), "page", "/café")["pages"] == 2)
  }

  @Test func theXMLFormIsReadAsAWStatsReadsIt() throws {
    let text = """
      <xml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">

      <version><lib>
      AWSTATS DATA FILE 7.8 (build 20200416)
      </lib><comment>
      # If you remove this file, all statistics for date 202401 will be lost/reset.
      </comment></version>
      <section id='general'><nu>
      BEGIN_GENERAL</nu><recnb>2</recnb><table>
      <tr><td>TotalVisits</td><td>3    </td></tr>
      <tr><td>TotalUnique</td><td>2    </td></tr>
      </table><nu>
      END_GENERAL</nu></section>
      <section id='time'><nu>
      BEGIN_TIME</nu><recnb>1</recnb><table>
      <tr><td>0</td><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td></tr>
      </table><nu>
      END_TIME</nu></section>
      <section id='day'><nu>
      BEGIN_DAY</nu><recnb>1</recnb><table>
      <tr><td>20240117</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>
      </table><nu>
      END_DAY</nu></section>
      <section id='sider'><nu>
      BEGIN_SIDER</nu><recnb>1</recnb><table>
      <tr><td>/a%3db&amp;c&lt;d.html</td><td>7</td><td>1</td><td>0</td><td>0</td></tr>
      </table><nu>
      END_SIDER</nu></section>
      </xml>

      """
    let file = try Self.read(text)
    #expect(Self.numbers(file, "total")["visits"] == 3)
    #expect(Self.numbers(file, "page", "/a=b&c<d.html")["pages"] == 7)
  }

  /// A day's file names the day after the year: MMYYYYDD.
  @Test func aDayFileIsOfADay() throws {
    let head = Self.head.replacing("202401", with: "20240117")
    let file = try Self.read(head + Self.general + Self.time + Self.day, "awstats01202417.example.com.txt")
    #expect(file.parts[0].period.count == 1)
    #expect(DayName.name(file.parts[0].period.lowerBound) == "2024-01-17")
    #expect(file.parts[0].rows.allSatisfy { $0.step == .day })
  }

  private static let broken: [(text: String, line: Int?, part: String)] = [
    (head + general + time, nil, "DAY is missing"),
    (head + general + time + "BEGIN_DAY 1\n20240117 3 5 700 3\n", 12, "DAY has no end"),
    (head + general + time + day + "BEGIN_OS 1\nlinux 1 1\nBEGIN_ROBOT 0\nEND_ROBOT\n", 15, "OS has no end"),
    (head + general + time + "BEGIN_DAY 1\n20240217 3 5 700 3\nEND_DAY\n", 13, "outside of 2024-01"),
    (head + general + time + "BEGIN_DAY 1\n20240117 3 x 700 3\nEND_DAY\n", 13, "column 3 of DAY"),
    (head.replacing("7.8", with: "5.0") + general + time + day, 1, "AWStats 5.0"),
    (head.replacing("7.8", with: "8.1") + general + time + day, 1, "AWStats 8.1"),
    (head.replacing("202401", with: "202402") + general + time + day, nil, "its name says 2024-01"),
    (head.replacing("202401", with: "2024011713") + general + time + day, nil, "databasebreak=hour"),
    (head, nil, "no sections"),
    ("", nil, "empty"),
    ("# Webalizer V2.23-08 History Data\n1 2024 1 1 1 1 1 1 1 1\n", nil, "a file of Webalizer"),
  ]

  @Test(arguments: broken) func whatIsBrokenIsNamed(_ text: String, _ line: Int?, _ part: String) throws {
    let error = #expect(throws: PeerFileError.self) { try Self.read(text) }
    #expect(error?.line == line)
    #expect(error?.reason.contains(part) == true, "\(error?.description ?? "")")
  }
}

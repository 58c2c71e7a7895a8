import Acquisition
import Testing

@Suite struct ReferrerSpamTests {
  private static let list = "# spammers\n\nspam.example\nSEO-spam.example.com\r\nспам.example\n"

  @Test(
    arguments: [
      ("spam.example", true), ("www2.spam.example", true), ("notspam.example", false), ("example", false),
      ("seo-spam.example.com", true), ("example.com", false), ("спам.example", true), ("", false),
    ])
  func tellsHostsAndWhatLiesInThem(_ host: String, _ isSpam: Bool) throws {
    #expect(try ReferrerSpam(Array(Self.list.utf8)).contains(host) == isSpam)
  }

  @Test(arguments: [("localhost", 1), ("a.example\nhttp://b.example/\n", 2), ("a.example\n.b\n", 2), ("<html>", 1)])
  func whatIsNoHostIsAnError(_ list: String, _ line: Int) {
    do {
      _ = try ReferrerSpam(Array(list.utf8))
      Issue.record("no error")
    } catch {
      #expect(error.line == line)
    }
  }
}

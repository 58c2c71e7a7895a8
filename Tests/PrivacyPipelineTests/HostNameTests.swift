import PrivacyPipeline
import Testing

@Suite struct HostNameTests {
  @Test(arguments: [
    ("example.com", "example.com"), ("WWW.Example.COM:443", "example.com"), ("example.com.", "example.com"),
    ("www.x.de", "x.de"), ("www.de", "www.de"), ("www.example", "www.example"), ("m.example.com", "m.example.com"),
    ("user@example.com", "example.com"), ("[2001:db8::1]:80", "[2001:db8::1]"), ("", ""),
  ])
  func hasOneForm(_ host: String, _ expected: String) {
    #expect(HostName.canonical(host) == expected)
  }

  @Test(arguments: [
    ("https://www.Example.com/a?b", "example.com"), ("HTTP://example.com", "example.com"),
    ("http://user:word@example.com:8080/", "example.com"), ("https://bücher.example/", "bücher.example"),
    ("http://[2001:db8::1]:80/", "[2001:db8::1]"), ("http://localhost:8080/x", "localhost"),
    ("https://my_shop.example/", "my_shop.example"), ("android-app://com.google.android.gm/", "com.google.android.gm"),
    // Neither the URL of a page nor that of an app.
    ("", ""), ("-", ""), ("foo", ""), ("/relative", ""), ("example.com/page", ""), ("localhost:8080/x", ""),
    ("https://", ""), ("https:/example.com", ""), ("://example.com", ""), ("about:blank", ""), ("file:///a/b.html", ""),
    ("file://server/b.html", ""), ("chrome-extension://abcdef/x.html", ""), ("moz-extension://0a1b/x", ""),
    // No host.
    ("http://-/", ""), ("http://../", ""), ("https://a b.example/", ""), ("https://a'--.example/", ""),
    ("https://%3Cb%3E.example/", ""), ("http://[2001:db8::1/", ""),
  ])
  func ofReferrersIsThatOfPagesAndApps(_ referrer: String, _ expected: String) {
    let bytes = Array(referrer.utf8)
    #expect(HostName.ofReferrer(bytes.span, 0..<bytes.count) == expected)
  }
}

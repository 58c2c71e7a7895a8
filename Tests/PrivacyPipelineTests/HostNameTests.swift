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
}

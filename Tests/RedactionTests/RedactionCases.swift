import Testing

/// A text, what it becomes at the default level, and whether it is a path.
struct RedactionCase: CustomTestStringConvertible, Sendable {
  var text: String
  var expected: String
  var isPath: Bool

  var testDescription: String { text }

  static func path(_ text: String, _ expected: String) -> RedactionCase {
    Self(text: text, expected: expected, isPath: true)
  }
  static func value(_ text: String, _ expected: String) -> RedactionCase {
    Self(text: text, expected: expected, isPath: false)
  }

  /// A path that stays.
  static func path(_ text: String) -> RedactionCase { path(text, text) }
  /// A value that stays.
  static func value(_ text: String) -> RedactionCase { value(text, text) }

  static let emails: [RedactionCase] = [
    path("/unsubscribe/anna@example.com/now", "/unsubscribe/:email/now"),
    path("/x/anna%40example.com", "/x/:email"),
    path("/x/anna%2540example.com", "/x/:email"),
    path("/x/anna%252540example.com", "/x/:email"),
    path("/x/anna.b-c_d+news@mail.example.co.uk", "/x/:email"),
    path("/x/anna%2Bnews%40example.com", "/x/:email"),
    path("/%C3%A4nna.m%C3%BCller%40b%C3%BCcher.example", "/:email"),
    path("/x/anna@xn--bcher-kva.example", "/x/:email"),
    path("/x/anna@example.xn--p1ai/y", "/x/:email/y"),
    path("/x/anna@example.com.html", "/x/:email.html"),
    path("/u?email=anna@example.com&x=1", "/u?email=:email&x=1"),
    path("/u;email=anna@example.com", "/u;email=:email"),
    path("/mailto:anna@example.com", "/mailto::email"),
    path("/o'brien@example.ie", "/:email"),
    path("/%22anna%20b%22@example.com", "/:email"),
    path("/bounce+anna=example.com@example.org", "/:email"),
    path("/x/anna@example.com@example.org", "/x/:email"),
    path("/a@example.com/b@example.com,c@example.com", "/:email/:email,:email"),
    path("/@anna@social.example/1", "/@:email/1"),
    path("/x/anna@163.com", "/x/:email"), path("/options/list/anna%40example.c", "/options/list/:email"),
    value("anna@example.com", ":email"),
    value("mail <anna@example.com>, or call", "mail <:email>, or call"),
    value("Ask anna@example.com.", "Ask :email."),
    value("übung@bücher.example", ":email"),
    value("anna%40example.com", ":email"), value("x%3a%2b4930123456", "x%3a:phone"),
    // Nobody's address.
    path("/@babel/core@7.1.2/x.js"), path("/npm/vue@3.2.1-beta.x"), path("/npm/react@18/umd"),
    path("/img/logo@2x.png"), path("/img/photo@large.jpg"), path("/maps/@52.5200066,13.404954,15z"),
    path("/@anna"), path("/a@b"), path("/x/@example.com"), path("/photos/12345678@N00"), path("/report@2024.pdf"),
    value("now @ the shop"), value("2 @ 3.50"),
  ]

  static let identifiers: [RedactionCase] = [
    path("/u-3f2b8a10-1234-4abc-8def-0123456789ab.html", "/u-:uuid.html"),
    path("/demo-3f2b8a10-1234-1abc-8def-0123456789ab/pay", "/demo-:uuid/pay"),
    path("/%7B3F2B8A10-1234-4ABC-8DEF-0123456789AB%7D/x", "/:uuid/x"),
    path("/urn:uuid:3f2b8a10-1234-4abc-8def-0123456789ab", "/:uuid"),
    path("/0190163d-8694-739b-aea5-966c26f8ad91", "/:uuid"),
    path("/00000000-0000-0000-0000-000000000000", "/:uuid"),
    path("/3f2b8a10_1234_4abc_8def_0123456789ab", "/:uuid"),
    value("{3f2b8a10-1234-4abc-8def-0123456789ab}", ":uuid"),
    path("/3f2b8a1012344abc8def0123456789ab", "/:token"),
    path("/3f2b8a10-1234-4abc-8def"), path("/3f2b8a10-1234-4abc-8def-0123456789abc"),
  ]

  static let tokens: [RedactionCase] = [
    path(
      "/r/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "/r/:token"),
    path("/r?t=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.&x=1", "/r?t=:token&x=1"),
    value("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", ":token"),
    path("/avatar/205e460b479e2e5b48aec07710c08d50", "/avatar/:token"),
    path("/app/demo-da46fb6618143e91c905dc3ae1b5a33cb7be7074/edit", "/app/demo-:token/edit"),
    path("/0x742d35Cc6634C0532925a3b844Bc454e4438f44e", "/:token"),
    path("/5f43a1b2c3d4e5f6", "/:token"),
    path("/reset/Xk9fQ2mB7tLw", "/reset/:token"),
    path("/s/aGVsbG8gd29ybGQ", "/s/:token"),
    path("/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/:token"),
    path("/0ujsswThIGTUYm2K8FjOOfXtY1K", "/:token"),
    path("/cjld2cjxh0000qzrmn831i7rn", "/:token"),
    path("/x/V1StGXR8_Z5jdHi6B-myT", "/x/:token"),
    path("/x/-1StGXR8_Z5jdHi6BmyT_", "/x/:token"),
    path("/cus_NffrFeUfNV2Hib", "/cus_:token"),
    path("/my-order-V1StGXR8Z5jdHi6BmyT.html", "/my-order-:token.html"),
    path("/x/SGVsbG8gV29ybGQh%2B%2F8%3D", "/x/:token"),
    path("/x?sig=Q29uZ3JhdHVsYXRpb25z%3D%3D&y=1", "/x?sig=:token&y=1"),
    path("/a;sid=a8f3k2m9x7", "/a;sid=:token"),
    path("/a?PHPSESSID=qk3l9d8f7s6a5p4o3i2u1y0t9r", "/a?PHPSESSID=:token"),
    path("/verify/a8f3k2m9x7", "/verify/:token"),
    path("/list.json?next=V1StGXR8Z5jdHi6BmyT", "/list.json?next=:token"),
    // A hyphen or an escaped mark of base64 cuts off what looks like a word.
    path("/x/k2edxwq-MyzL3K3TDtQuG-ANAEM", "/x/:token"), path("/x/AprYAT%2B5q%2BhqsLxKdaGGkujHdLQ%3D", "/x/:token"),
    path("/x/hnt%2FATfrR3Jjw66ynVvkIsiIi3Kuq54H", "/x/:token"), path("/mb-l1QxK7DpENlDnai50bw", "/:token"),
    path("/x/lohA67VD_R_-dTz69-nwH", "/x/:token"),
    value("token V1StGXR8_Z5jdHi6B-myT used", "token :token used"),
    // Words, and what everybody knows.
    path("/internationalization"), path("/donaudampfschifffahrtsgesellschaftskapitaen"),
    path("/llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"), path("/zhizn-v-krasnoyarske-i-shchuchinsk"),
    path("/twiki/bin/view/TWiki/TWikiUpgradeTo01May2000"), path("/XMLHttpRequestUpload"),
    path("/ThisIsACamelCaseTitle"),
    path("/p/iPhone15ProMax"), path("/p/iphone15promax256gbschwarz"), path("/HTML5CSS3JavaScriptES6"),
    path("/watch/dQw4w9WgXcQ"), path("/dp/B08N5WRWNW"), path("/p/WH-1000XM4"), path("/p/CMK32GX4M2B3200C16"),
    path("/p/MZ-V8P1T0BW-00BT0"), path("/commit/3f2a9c1"), path("/my-article-5d41402abc4b"), path("/v1.2.3-rc1"),
    path("/reset/step2"), path("/verify/email"), path("/login?next=dashboard"), path("/2024-10-10T13:55:36Z"),
    path("/20241010T135536Z"), path("/t/1700000000"), path("/t/20231105123456"), path("/c++11"),
    path("/deadbeefdeadbeef"), path("/xxxxxxxxxxxxxxxxxxxx"), path("/aaaaaaaaaaaargh-hmmmmmmmmmmmmmmmmmmm"),
    path("/%D8%B9%D8%B1%D8%B6%D9%87-%D8%AC%D8%AF%DB%8C%D8%AF"),
    // Hashes in names of assets are the same for everybody.
    path("/app.3f2a9c1b.js"), path("/main-5d41402abc4b2a76b9719d911017c592.css"),
    path("/static/5d41402abc4b2a76b9719d911017c592/x.js"),
    path("/_next/static/V1StGXR8_Z5jdHi6B-myT/_buildManifest.js"),
    path("/precache-manifest.f5504a3a259a1d19b6d309778bf97bc5.json"),
    path("/fonts/cJZKeOuBrn4kERxqtaUH3aCWcynf_cDx.ttf"),
    path("/media/cache/9df78eab33525d08d6e5fb8d27136e95/a.jpg"),
    path("/reset/5d41402abc4b2a76b9719d911017c592/a.js", "/reset/:token/a.js"),
    path("/a.js?session=5d41402abc4b2a76b9719d911017c592", "/a.js?session=:token"),
  ]

  static let phones: [RedactionCase] = [
    path("/call/+49-30-123456", "/call/:phone"), path("/call/+49%2030%20123456/x", "/call/:phone/x"),
    path("/call/%2B4930123456", "/call/:phone"), path("/call/004930123456", "/call/:phone"),
    path("/call?tel=+4930123456", "/call?tel=:phone"), path("/call?tel=%2B49+30+123456&x=1", "/call?tel=:phone&x=1"),
    path("/x/%2B1%20(202)%20555-0123", "/x/:phone"), path("/tel:030123456", "/tel::phone"),
    path("/x/+45%2078.67.53.75", "/x/:phone"), path("/x/0041442110194", "/x/:phone"),
    value("call +49 (0)30 1234567 now", "call :phone now"), value("0049-30-1234567", ":phone"),
    value("+49 30/1234567", ":phone"),
    value("+1.202.555.0123", ":phone"), value("tel:+12025550123", "tel::phone"),
    // Numbers of something else.
    path("/call/030123456"), path("/a+20241010"), path("/order/0012345678"), path("/ean/0049000028911"),
    path("/ean/0077981526690"), path("/+1"),
    value("1 + 20 = 21"), value("+5000 points"),
  ]

  static let addresses: [RedactionCase] = [
    path("/ip/192.0.2.1", "/ip/:ip"), path("//192.0.2.1:80/x", "//:ip:80/x"),
    path("/whois/61.98.4.64.html", "/whois/:ip.html"),
    path("/x?ip=192.0.2.1&y", "/x?ip=:ip&y"), path("/http%3A%2F%2F192.0.2.1%2Fa", "/http%3A%2F%2F:ip%2Fa"),
    path("/2001:db8::1", "/:ip"), path("/%5B2001%3Adb8%3A%3A1%5D/x", "/:ip/x"), path("/fe80::1%25eth0", "/:ip"),
    path("/2001:0db8:85a3:0000:0000:8a2e:0370:7334", "/:ip"), path("/::ffff:192.0.2.1", "/:ip"), path("/::1", "/:ip"),
    path("/x?ip=1::2", "/x?ip=:ip"),
    value("from 192.0.2.1, or 2001:db8::1", "from :ip, or :ip"), value("192.0.2.1/24", ":ip/24"),
    // Versions, times and names.
    path("/tool-1.2.3.4.tar.gz"), path("/1.2.3.4.tar.gz"), path("/tool@1.2.3.4/x.js"), path("/tool/1.2.3.4~deb12u1/"),
    path("/v1.2.3.4"), path("/download/1.2.3.4/"), path("/phpMyAdmin-2.11.10.1/"),
    path("/chrome/120.0.0.0"), path("/1.2.3.4.5"), path("/1.2.3.400"), path("/from80.8.55.3using.gif"),
    path("/perl/B::C"), path("/std::vector"), path("/at/13:55:36"), path("/ip-1-2-3-4"),
  ]

  static let cards: [RedactionCase] = [
    path("/card/4111111111111111", "/card/:card"), path("/card/4111-1111-1111-1111/x", "/card/:card/x"),
    path("/card?n=3782+822463+10005", "/card?n=:card"), path("/3566-0020-2036-0505", "/:card"),
    path("/card/378282246310005", "/card/:card"),
    path("/card/5555555555554444.html", "/card/:card.html"), path("/c/4222222222222", "/c/:card"),
    value("4111 1111 1111 1111", ":card"), value("6011111111111117", ":card"), value("30569309025904", ":card"),
    value("3530111333300000", ":card"), value("2223003122003222", ":card"), value("4000000000000000006", ":card"),
    // A wrong check digit, no issuer, a product's number, a file's number.
    path("/n/4111111111111112"), path("/n/1234567812345670"), path("/ean/4006381333931"),
    path("/isbn/978-3-16-148410-0"),
    path("/isbn/9783161484100"), path("/photos/4111111111111111.jpg"), path("/t/1700000000000"),
    path("/x4111111111111111"),
  ]

  static let all = emails + identifiers + tokens + phones + addresses + cards
}

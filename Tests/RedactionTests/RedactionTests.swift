import Redaction
import TestSupport
import Testing

@Suite struct RedactionTests {
  @Test(arguments: RedactionCase.all)
  func personalDataIsReplacedAndTheRestStays(_ one: RedactionCase) {
    let redactor = Redactor(.standard)
    #expect((one.isPath ? redactor.path(one.text) : redactor.value(one.text)) == one.expected)
  }

  @Test(arguments: RedactionCase.all)
  func nothingIsFoundInWhatIsRedacted(_ one: RedactionCase) {
    for level in RedactionLevel.allCases {
      let redactor = Redactor(level)
      let once = one.isPath ? redactor.path(one.text) : redactor.value(one.text)
      var again = Array(once.utf8)
      #expect((one.isPath ? redactor.redactPath(&again, from: 0) : redactor.redactValue(&again, from: 0)) == [])
      #expect(again == Array(once.utf8))
    }
  }

  @Test(arguments: [
    ("/user/12345/edit", "/user/:id/edit"), ("/2024/10/10/title-7", "/:id/:id/:id/title-:id"), ("/2024-10-10", "/:id"),
    ("/2024-10-10T13:55:36Z", "/:id"), ("/order12345", "/order:id"), ("/v1.2.3-rc1", "/v1.2.3-rc1"),
    ("/iphone15", "/iphone15"), ("/x?page=2", "/x?page=:id"), ("/app.12345678.js", "/app.:id.js"),
    ("/app-3f12345b.js", "/app-3f12345b.js"), ("/anna@example.com/7", "/:email/:id"), ("/about", "/about"),
  ])
  func strictTakesNumbersToo(_ text: String, _ expected: String) {
    #expect(Redactor(.strict).path(text) == expected)
  }

  @Test func offChangesNothing() {
    for one in RedactionCase.all { #expect(Redactor(.off).path(one.text) == one.text) }
  }

  @Test func whatComesBeforeStays() {
    var text = Array("anna@example.com /b@example.com".utf8)
    #expect(Redactor(.standard).redactPath(&text, from: 17) == .email)
    #expect(String(decoding: text, as: UTF8.self) == "anna@example.com /:email")
  }

  @Test func allKindsThatWereFoundAreReturned() {
    var text = Array("/a@example.com/192.0.2.1/4111111111111111/+4930123456/5f43a1b2c3d4e5f6?b=1".utf8)
    #expect(Redactor(.standard).redactPath(&text, from: 0) == [.email, .ip, .card, .phone, .token])
  }

  /// Random texts are made of the pieces that rules look for, so that their ends meet in all ways.
  @Test(arguments: 0..<200)
  func randomTextsAreRedactedOnce(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for level in RedactionLevel.allCases {
      let redactor = Redactor(level)
      for isPath in [true, false] {
        var text = randomText(&generator)
        if isPath { redactor.redactPath(&text, from: 0) } else { redactor.redactValue(&text, from: 0) }
        var again = text
        #expect((isPath ? redactor.redactPath(&again, from: 0) : redactor.redactValue(&again, from: 0)) == [])
        #expect(again == text)
      }
    }
  }

  private func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...30, using: &generator) {
      if Bool.random(using: &generator) {
        text += Self.pieces.randomElement(using: &generator) ?? []
      } else {
        text.append(UInt8.random(in: 0...255, using: &generator))
      }
    }
    return text
  }

  private static let pieces = [
    "/", "@", "%40", "%2540", "%25", "%", "%2", ":", "::", ".", "-", "_", "+", "00", "?", "=", "&", " ", "%20", "\"",
    "anna", "example.com", "192.0.2.1", "2001:db8::", "3f2b8a10-1234-4abc-8def-0123456789ab", "4111111111111111",
    "4111 1111", "+4930123456", "tel:", "eyJhbGciOiJIUzI1NiJ9.", "V1StGXR8Z5jdHi6B", "5f43a1b2c3d4e5f6", "static/",
    ".js",
    "token=", "reset/", ":email", ":uuid", ":token", ":phone", ":ip", ":card", ":id", "ü", "{", "}", "[", "]",
    "urn:uuid:",
  ].map { Array($0.utf8) }
}

import ByteScanning
import Rollups
import Testing

/// Splits joined texts; | stands for the separator.
@Suite struct JoinedAttributesTests {
  /// Returns the parts of a joined text, as texts.
  private static func texts(
    _ joined: String, _ take: (inout JoinedAttributes, Span<UInt8>, inout SymbolTable) -> [UInt32]
  ) -> [String] {
    var attributes = JoinedAttributes()
    var symbols = SymbolTable()
    // Nothing remains of a text that was split before.
    for text in ["what|was|before|it|and|is|longer|than|it", joined] {
      let bytes = Array(text.replacing("|", with: "\u{1F}").utf8)
      let values = take(&attributes, bytes.span, &symbols)
      if text == joined { return values.map { symbols.string(of: $0).replacing("\u{1F}", with: "|") } }
    }
    return []
  }

  @Test(arguments: [
    ("Chrome|142|Windows|10|desktop", ["Chrome", "Chrome 142", "Windows", "Windows 10", "desktop"]),
    ("Chrome|||10|", ["Chrome", "Chrome", "", " 10", ""]), ("Chrome", ["Chrome", "Chrome", "", "", ""]),
    ("", ["", "", "", "", ""]), ("||||", ["", "", "", "", ""]),
    ("caf\u{E9}|\u{1F600}|a b||c", ["caf\u{E9}", "caf\u{E9} \u{1F600}", "a b", "a b", "c"]),
    ("same|same|same||same", ["same", "same same", "same", "same", "same"]),
  ])
  func clients(_ joined: String, _ expected: [String]) {
    let texts = Self.texts(joined) {
      let client = $0.client($1, in: &$2)
      return [client.browser, client.browserVersion, client.os, client.osVersion, client.device]
    }
    #expect(texts == expected)
  }

  @Test(arguments: [
    ("DE|Bavaria|Munich|AS3320", ["DE", "Bavaria", "Munich", "AS3320"]), ("DE", ["DE", "", "", ""]),
    ("", ["", "", "", ""]),
  ])
  func places(_ joined: String, _ expected: [String]) {
    let texts = Self.texts(joined) {
      let place = $0.place($1, in: &$2)
      return [place.country, place.region, place.city, place.network]
    }
    #expect(texts == expected)
  }

  @Test(arguments: [
    (
      "Google|search|https://www.google.com/", ["Google", "search", "https://www.google.com/", "Google|||||"],
      [Dimension.referrer, .utm]
    ),
    (
      "news|email||a|b|c|d|e", ["news", "email", "a", "b", "c", "d", "e", "news|a|b|c|d|e"],
      [.utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm, .utm]
    ),
    ("news|email||||c", ["news", "email", "c", "news|||c||"], [.utmCampaign, .utm]),
    ("|direct", ["", "direct", "|||||"], [.utm]), ("", ["", "", "|||||"], [.utm]),
  ])
  func acquisitions(_ joined: String, _ expected: [String], _ dimensions: [Dimension]) {
    var found: [Dimension] = []
    let texts = Self.texts(joined) {
      let acquisition = $0.acquisition($1, in: &$2)
      found = acquisition.details.map(\.dimension)
      return [acquisition.source, acquisition.channel] + acquisition.details.map(\.value)
    }
    #expect(texts == expected)
    #expect(found == dimensions)
  }

  @Test(arguments: [
    ("buy", ["buy"]), ("buy|colour", ["buy"]), ("buy|a|1|b|2", ["buy", "buy|a|1", "buy|b|2"]),
    ("buy|a||b|2|c", ["buy", "buy|a|", "buy|b|2"]), ("", [""]),
  ])
  func events(_ joined: String, _ expected: [String]) {
    let texts = Self.texts(joined) {
      let event = $0.event($1, in: &$2)
      return [event.name] + event.properties
    }
    #expect(texts == expected)
  }
}

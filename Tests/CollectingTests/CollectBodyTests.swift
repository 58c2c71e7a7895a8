import Collecting
import TestSupport
import Testing

/// Bodies of collect requests: what they become, and which rules they break.
@Suite struct CollectBodyTests {
  private static let now: Int64 = 1_764_000_000
  private static let page = #""tracking_id":"gx_4F7K2M9QX1TB","url":"https://example.com/a?b=1","pathname":"/a""#
  private static let event = page + #","name":"Signup""#

  private static func read(
    _ text: [UInt8], as kind: CollectRequest.Kind? = nil
  ) -> (request: CollectRequest, broken: [BrokenRule]) {
    var body = CollectBody()
    var request = CollectRequest()
    // Not the first body of its reader, and surrounded by other bytes.
    _ = body.read(Array(#"{"type":7,"name":"x"}"#.utf8).span, 0..<21, now: 0, into: &request)
    let bytes = Array("x}".utf8) + text + Array("}x".utf8)
    let broken = body.read(bytes.span, 2..<bytes.count - 2, as: kind, now: now, into: &request)
    return (request, broken)
  }

  private static func broken(_ body: String, as kind: CollectRequest.Kind? = nil) -> String {
    read(Array(body.utf8), as: kind).broken.map(\.description).joined(separator: "; ")
  }

  private static func text(_ request: CollectRequest, _ field: CollectRequest.Field) -> String {
    String(decoding: request.bytes[request[field]], as: UTF8.self)
  }

  @Test func everyFieldOfAPageviewIsRead() {
    let (request, broken) = Self.read(
      Array(
        """
        { "type" : "pageview", \(Self.page), "referrer":"https://search.example/?q=\\u00e4", "ip":"2001:db8::1",
          "user_agent":"Agent \\"1\\"", "utm_source":" a ", "utm_medium":"b", "utm_campaign":"c\\n",
          "utm_content":"d", "utm_term":"\\ud83d\\ude00", "timestamp":1700000000, "more":[{"deep":[null,true,-1.5e3]}] }
        """.utf8))
    #expect(broken.isEmpty)
    #expect(request.kind == .pageview)
    #expect(request.timestamp == 1_700_000_000)
    let texts: [(CollectRequest.Field, String)] = [
      (.trackingID, "gx_4F7K2M9QX1TB"), (.url, "https://example.com/a?b=1"), (.pathname, "/a"),
      (.referrer, "https://search.example/?q=ä"), (.ip, "2001:db8::1"), (.userAgent, #"Agent "1""#),
      (.utmSource, "a"), (.utmMedium, "b"), (.utmCampaign, "c"), (.utmContent, "d"), (.utmTerm, "😀"), (.name, ""),
      (.props, ""),
    ]
    for (field, expected) in texts { #expect(Self.text(request, field) == expected) }
  }

  @Test func everyFieldOfAnEventIsRead() {
    let (request, broken) = Self.read(
      Array(#"{\#(Self.event),"props": {"plan":"pro","seats":3,"trial":true} ,"ip":null,"timestamp":null}"#.utf8))
    #expect(broken.isEmpty)
    #expect(request.kind == .event)
    #expect(request.timestamp == Self.now)
    #expect(Self.text(request, .name) == "Signup")
    #expect(Self.text(request, .props) == #"{"plan":"pro","seats":3,"trial":true}"#)
    #expect(Self.text(request, .ip).isEmpty)
  }

  /// The fields added to a page view or an event, the requested kind, and the errors.
  @Test(
    arguments: [
      // Kinds.
      (page, nil, ""), (event, nil, ""), (#""type":"event",\#(event)"#, nil, ""), (page, .pageview, ""),
      (event, .event, ""), (#""type":"event",\#(event)"#, .event, ""),
      (#""type":"pageview",\#(page),"name":1,"props":[]"#, nil, ""), (page, .event, "name is required"),
      (#""type":"event",\#(page)"#, nil, "name is required"),
      (#""type":"event",\#(event)"#, .pageview, "type must be pageview or event, and match the endpoint"),
      (#""type":"click",\#(page)"#, nil, "type must be pageview or event, and match the endpoint"),
      (#""type":"",\#(page)"#, nil, "type must be pageview or event, and match the endpoint"),
      (#""type":1,\#(page)"#, nil, "type must be a string"),
      // Required fields.
      ("", nil, "tracking_id is required; url is required; pathname is required"),
      (#""url":"","pathname":null"#, nil, "tracking_id is required; url is required; pathname is required"),
      (
        #""tracking_id":1,"url":{},"pathname":[]"#, nil,
        "tracking_id must be a string; url must be a string; pathname must be a string"
      ),
      (#"\#(page),"user_agent":true"#, nil, "user_agent must be a string"),
      // A field may occur once, however its name is written.
      (#"\#(page),"url":"/""#, nil, "url must not appear twice"),
      (#"\#(page),"\u0075rl":"/""#, nil, "url must not appear twice"),
      (#"\#(page),"x":1,"x":2"#, nil, ""),
      // Tracking ids.
      (
        #""tracking_id":"gx_4F7K2M9QX1T","url":"/","pathname":"/""#, nil,
        "tracking_id must be gx_ and twelve letters or digits"
      ),
      (
        #""tracking_id":"gx_4F7K2M9QX1TBB","url":"/","pathname":"/""#, nil,
        "tracking_id must be gx_ and twelve letters or digits"
      ),
      (
        #""tracking_id":"gy_4F7K2M9QX1TB","url":"/","pathname":"/""#, nil,
        "tracking_id must be gx_ and twelve letters or digits"
      ),
      (
        #""tracking_id":"gx_4F7K2M9QX1T-","url":"/","pathname":"/""#, nil,
        "tracking_id must be gx_ and twelve letters or digits"
      ),
      // Paths.
      (#""tracking_id":"gx_aaaaaaaaaaaa","url":"/","pathname":"a/""#, nil, "pathname must start with a slash"),
      // Addresses.
      (#"\#(page),"ip":"192.0.2.1""#, nil, ""), (#"\#(page),"ip":"::ffff:192.0.2.1""#, nil, ""),
      (#"\#(page),"ip":"""#, nil, ""),
      (#"\#(page),"ip":"host.example""#, nil, "ip must be an IPv4 or IPv6 address"),
      (#"\#(page),"ip":"192.0.2.1:80""#, nil, "ip must be an IPv4 or IPv6 address"),
      (#"\#(page),"ip":"192.0.2.256""#, nil, "ip must be an IPv4 or IPv6 address"),
      (#"\#(page),"ip":"192.0.2.1, 192.0.2.2""#, nil, "ip must be an IPv4 or IPv6 address"),
      (#"\#(page),"ip":3221225985"#, nil, "ip must be a string"),
      // Times.
      (#"\#(page),"timestamp":0"#, nil, ""), (#"\#(page),"timestamp":4102444799"#, nil, ""),
      (#"\#(page),"timestamp":4102444800"#, nil, seconds), (#"\#(page),"timestamp":-1"#, nil, seconds),
      (#"\#(page),"timestamp":1764000000.5"#, nil, seconds), (#"\#(page),"timestamp":1.7e9"#, nil, seconds),
      (#"\#(page),"timestamp":"1764000000""#, nil, seconds), (#"\#(page),"timestamp":"""#, nil, seconds),
      (#"\#(page),"timestamp":1764000000000"#, nil, seconds), (#"\#(page),"timestamp":true"#, nil, seconds),
      (#"\#(page),"timestamp":99999999999999999999999999999999999999"#, nil, seconds),
      // Names and properties.
      (#"\#(page),"name":"\#(String(repeating: "é", count: 255))""#, nil, ""),
      (#"\#(page),"name":"\#(String(repeating: "é", count: 256))""#, nil, "name must be at most 255 characters"),
      (#"\#(page),"name":"a\tb""#, nil, "name must not contain control characters"),
      (#"\#(page),"name":5"#, nil, "name must be a string"),
      (#"\#(event),"props":{}"#, nil, ""), (#"\#(event),"props":null"#, nil, ""),
      (#"\#(event),"props":{"a":{}}"#, nil, flat), (#"\#(event),"props":{"a":null}"#, nil, flat),
      (#"\#(event),"props":[]"#, nil, flat), (#"\#(event),"props":"{}""#, nil, flat),
      (#"\#(event),"props":{"a":1,"a":2}"#, nil, flat), (#"\#(event),"props":{"":1}"#, nil, flat),
      (#"\#(event),"props":{"a":"\#(String(repeating: "x", count: 4_088))"}"#, nil, ""),
      (
        #"\#(event),"props":{"a":"\#(String(repeating: "x", count: 4_089))"}"#, nil,
        "props must be at most 4096 bytes as JSON"
      ),
    ] as [(String, CollectRequest.Kind?, String)])
  func brokenRulesAreNamed(_ members: String, _ kind: CollectRequest.Kind?, _ broken: String) {
    #expect(Self.broken("{\(members)}", as: kind) == broken)
  }

  private static let seconds = "timestamp must be whole Unix seconds, not before 1970 or too far in the future"
  private static let flat =
    "props must be a flat object of strings, numbers and booleans with unique names"

  /// Bodies that are not a JSON object, or not an acceptable one.
  @Test(
    arguments: [
      ("", "object"), ("[]", "object"), ("1", "object"), ("null", "object"), ("{", "object"), ("{}{}", "object"),
      (#"{"url":"/",}"#, "object"), (#"{"url":"/"#, "object"), (#"{"url":tru}"#, "object"), ("{url:1}", "object"),
      (#"{"x":01}"#, "object"), (#"{"x":[1,]}"#, "object"), (#"{"x":{"y"}}"#, "object"), (#"{"x":[}}"#, "object"),
      ("{\"url\":\"a\nb\"}", "object"), (#"{"x":"\q"}"#, "object"), (#"{"x":"\u12"}"#, "object"),
      (#"{"x":"\"#, "object"),
      (#"{"url":"\ud83d"}"#, "surrogates"), (#"{"x":"\ude00\ud83d"}"#, "surrogates"),
      (#"{"x":"\ud83dx"}"#, "surrogates"),
      (#"{"x":{"\ud83d\u0041":1}}"#, "surrogates"), (#"{"\ud800":1}"#, "surrogates"),
      (#"{"x":"# + String(repeating: "[", count: 33) + String(repeating: "]", count: 33) + "}", "depth"),
      (#"{"x":"# + String(repeating: "[", count: 1_000_000), "depth"),
      (#"{"x":"# + String(repeating: #"{"y":"#, count: 1_000_000), "depth"),
    ] as [(String, String)])
  func otherThingsThanObjectsAreRefused(_ body: String, _ rule: String) {
    let broken = Self.read(Array(body.utf8)).broken
    #expect(broken.map { "\($0.rule)" } == [rule])
    #expect(broken.map(\.field) == [.body])
  }

  @Test func depthIsAllowedUpToItsBound() {
    let nested = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(Self.broken(#"{\#(Self.page),"x":\#(nested)}"#).isEmpty)
  }

  @Test(
    arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0xBD], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
  func bytesThatAreNoUTF8AreRefused(_ bytes: [UInt8]) {
    let body = Array(#"{"url":""#.utf8) + bytes + Array(#""}"#.utf8)
    #expect(Self.read(body).broken == [BrokenRule(.body, .unicode)])
  }

  @Test func timestampsMayBeBoundedByTheCaller() {
    var body = CollectBody(latest: Self.now)
    var request = CollectRequest()
    for (second, isTaken) in [(Self.now, true), (Self.now + 1, false)] {
      let bytes = Array(#"{\#(Self.page),"timestamp":\#(second)}"#.utf8)
      #expect(body.read(bytes.span, bytes.indices, now: 0, into: &request).isEmpty == isTaken)
    }
  }

  /// Campaign values are truncated like those of a query: at a character, within 255 bytes.
  @Test func campaignValuesAreCut() {
    let value = String(repeating: "é", count: 200)
    let (request, broken) = Self.read(Array(#"{\#(Self.page),"utm_source":"\#(value)"}"#.utf8))
    #expect(broken.isEmpty)
    #expect(Self.text(request, .utmSource) == String(repeating: "é", count: 127))
  }

  /// Any bytes get an answer: no crash, no error that quotes them, and accepted values follow the rules.
  @Test func anyBytesAreAnAnswer() {
    var generator = SeededGenerator(seed: 7)
    let whole = Array(
      #"{"type":"event",\#(Self.event),"ip":"192.0.2.1","props":{"é":"\u00e9\ud83d\ude00","n":-1.5e+3},"x":[{"y":[1]}]}"#
        .utf8)
    var body = CollectBody()
    var request = CollectRequest()
    var taken = 0
    for _ in 0..<30_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
        default: bytes.removeSubrange(place..<Int.random(in: place...min(place + 9, bytes.count), using: &generator))
        }
      }
      if body.read(bytes.span, bytes.indices, now: Self.now, into: &request).isEmpty {
        taken += 1
        #expect(Validation.failure(of: request) == nil)
      }
    }
    #expect(taken > 3_000 && taken < 25_000)
  }
}

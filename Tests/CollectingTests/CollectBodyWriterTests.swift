import Collecting
import Testing

/// A written request has the same content as the original.
@Suite struct CollectBodyWriterTests {
  private static func body(_ fields: [(CollectRequest.Field, [UInt8])], _ kind: CollectRequest.Kind = .pageview)
    -> String
  {
    var request = CollectRequest()
    request.kind = kind
    request.timestamp = 1_762_000_000
    for (field, bytes) in fields { request.set(field) { $0 += bytes } }
    var writer = CollectBodyWriter()
    let target = RequestTarget.parts(of: request.bytes.span, request[.url])
    var page: [UInt8] = []
    if !Pathname.append(request.bytes.span, target.path, to: &page) { page = Array("/".utf8) }
    writer.write(request, pathname: page, host: "example.com", trackingID: "gx_4F7K2M9QX1TB")
    let line = writer.takeLines()
    #expect(writer.takeLines().isEmpty)
    var reader = CollectBody()
    #expect(reader.read(line.span, line.indices, now: 0, into: &request).isEmpty)
    return String(decoding: line, as: UTF8.self)
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// The fields of a page view, and the body after the tracking id.
  @Test(
    arguments: [
      ([(.url, bytes("/"))], #""url":"https://example.com/","pathname":"/""#),
      (
        [(.url, bytes("/a/../b%41;jsessionid=1?q=\"\\#c")), (.host, bytes("www.example.com:443"))],
        #""url":"https://www.example.com/bA?q=\"\\","pathname":"/bA""#
      ),
      (
        [(.url, bytes("http://other.example/a")), (.host, bytes("a b"))],
        #""url":"https://example.com/a","pathname":"/a""#
      ),
      (
        [(.url, bytes("/ä ?ö=ü ") + [0xFF, 0x01])],
        #""url":"https://example.com/%C3%A4%20?%C3%B6=%C3%BC%20%FF%01","pathname":"/%C3%A4%20""#
      ),
      (
        [(.url, bytes("/?UTM_Source=&utm_source=%20x+y%E4&utm_source=z&utm_term=t"))],
        #""url":"https://example.com/?UTM_Source=&utm_source=%20x+y%E4&utm_source=z&utm_term=t","pathname":"/","utm_source":"x y�","utm_term":"t""#
      ),
      (
        [(.url, bytes("/")), (.referrer, bytes("https://ä.example/ä") + [0xE4, 0x22])],
        ##""url":"https://example.com/","pathname":"/","referrer":"https://ä.example/%C3%A4%E4\"""##
      ),
      (
        [(.url, bytes("/")), (.userAgent, bytes("a\u{1}ü\\") + [0xFC])],
        ##""url":"https://example.com/","pathname":"/","user_agent":"a\u0001ü\\�""##
      ),
      (
        [(.url, bytes("/")), (.ip, bytes("10.0.0.1, 192.0.2.7:99"))],
        #""url":"https://example.com/","pathname":"/","ip":"192.0.2.7""#
      ),
      (
        [(.url, bytes("/")), (.ip, bytes("::FFFF:192.0.2.7"))],
        #""url":"https://example.com/","pathname":"/","ip":"192.0.2.7""#
      ),
      (
        [(.url, bytes("/")), (.ip, bytes("[2001:DB8::a%eth0]:1"))],
        #""url":"https://example.com/","pathname":"/","ip":"2001:db8:0:0:0:0:0:a""#
      ),
      ([(.url, bytes("/")), (.ip, bytes("host.example"))], #""url":"https://example.com/","pathname":"/""#),
    ] as [([(CollectRequest.Field, [UInt8])], String)])
  func pageviewsAreWritten(_ fields: [(CollectRequest.Field, [UInt8])], _ expected: String) {
    #expect(
      Self.body(fields)
        == #"{"type":"pageview","tracking_id":"gx_4F7K2M9QX1TB",\#(expected),"timestamp":1762000000}"# + "\n")
  }

  @Test func eventsAreWritten() {
    let fields: [(CollectRequest.Field, [UInt8])] = [
      (.url, Self.bytes("/signup?utm_source=x")), (.name, Self.bytes(#"Say "hi""#)),
      (.props, Self.bytes(#"{"a":""#) + [0xFF] + Self.bytes(#"","n":1}"#)),
      (.referrer, Self.bytes("https://x.example/")),
    ]
    #expect(
      Self.body(fields, .event)
        == #"{"type":"event","tracking_id":"gx_4F7K2M9QX1TB","url":"https://example.com/signup?utm_source=x","pathname":"/signup","name":"Say \"hi\"","props":{"a":"�","n":1},"timestamp":1762000000}"#
        + "\n")
  }
}

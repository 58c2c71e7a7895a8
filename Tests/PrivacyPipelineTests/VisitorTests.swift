import Collecting
import Crypto
import Hits
import TestSupport
import Testing

@testable import PrivacyPipeline

/// The visitor's number, recomputed from the description in docs/privacy.md.
@Suite struct VisitorTests {
  private static let v6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]

  private func number(_ site: UInt32, _ day: Int32, _ address: [UInt8], _ agent: String) -> UInt64 {
    let siteBytes = littleEndian(site)
    let message = TestSalts.salt(day) + siteBytes + [UInt8(address.count)] + address + Array(agent.utf8)
    let digest = Array(SHA256.hash(data: message))
    return digest[..<8].reduce(0) { $0 * 256 + UInt64($1) }
  }

  /// Returns the four bytes of a number in little-endian order.
  private func littleEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) }
  }

  @Test(
    arguments: [
      ("192.0.2.1", [192, 0, 2, 1]), ("::ffff:192.0.2.1", [192, 0, 2, 1]), ("192.0.2.1:5000", [192, 0, 2, 1]),
      ("2001:db8::1", v6), ("2001:0DB8:0::0001", v6), ("[2001:db8::1]:443", v6), ("2001:db8::1%eth0", v6),
      ("Host.example", Array("host.example".utf8)), ("-", Array("-".utf8)),
    ] as [(String, [UInt8])])
  func isTheStartOfASaltedSHA256(_ address: String, _ bytes: [UInt8]) throws {
    var pipeline = TestPipeline()
    let request = TestRequest(timestamp: 86_400 * 20_766 + 5).with(.ip, address)
    #expect(try pipeline.hit(of: request)?.visitor == number(7, 20_766, bytes, Agent.firefox))
    let shop = request.with(.host, "shop.example")
    #expect(try pipeline.hit(of: shop)?.visitor == number(300, 20_766, bytes, Agent.firefox))
  }

  @Test func anotherSiteDayAddressOrAgentIsAnotherVisitor() throws {
    var pipeline = TestPipeline()
    let request = TestRequest()
    var tomorrow = request
    tomorrow.timestamp += 86_400
    let different = [
      request, tomorrow, request.with(.host, "shop.example"), request.with(.ip, "192.0.2.2"),
      request.with(.ip, "2001:db8::1"), request.with(.userAgent, Agent.phone), request.with(.userAgent, "-"),
    ]
    let visitors = try different.compactMap { try pipeline.hit(of: $0)?.visitor }
    #expect(visitors.count == different.count)
    #expect(Set(visitors).count == different.count)
  }

  @Test func whatElseDiffersDoesNotMatter() throws {
    var pipeline = TestPipeline()
    let request = TestRequest()
    var later = request
    later.timestamp += 600
    let same = [
      request, later, request.with(.url, "/a?utm_source=x"), request.with(.referrer, "https://google.com/"),
      request.with(.host, "www.example.net:443"), TestRequest(kind: .notFound),
    ]
    #expect(Set(try same.map { try pipeline.hit(of: $0)?.visitor }).count == 1)
  }

  @Test func theSaltIsAskedForOnceADay() throws {
    var pipeline = TestPipeline()
    for day in [0, 1, 0, 1, 2] {
      for address in ["192.0.2.1", "192.0.2.2"] {
        var request = TestRequest().with(.ip, address)
        request.timestamp = 86_400 * (20_000 + Int64(day))
        _ = try pipeline.hit(of: request)
      }
    }
    #expect(pipeline.salts.daysAsked == [20_000, 20_001, 20_002])
  }

  @Test func withoutSaltNothingIsKept() throws {
    var pipeline = TestPipeline()
    pipeline.salts.fail(true)
    #expect(throws: TestSalts.Failure.self) { try pipeline.hit(of: TestRequest()) }
    #expect(pipeline.batch.hits.isEmpty)
    pipeline.salts.fail(false)
    #expect(try pipeline.hit(of: TestRequest()) != nil)
  }
}

import Hits
import Testing
import UserAgents

@testable import Importing

@Suite struct SharedJudgementsTests {
  @Test func keepsWhatWasSaidOfEachAgent() {
    let shared = SharedJudgements()
    let bytes = Array("one two".utf8)
    let (one, two) = (shared.key(of: bytes.span.extracting(0..<3)), shared.key(of: bytes.span.extracting(4..<7)))
    #expect(one != two)
    #expect(shared.key(of: Array("two".utf8).span) == two)
    shared.add(.bot(.monitor), of: one)
    #expect(shared.judgement(of: one) == .bot(.monitor))
    #expect(shared.judgement(of: two) == nil)
  }

  /// However many agents there are, no more than the bound are kept: the first ones.
  @Test func isBounded() {
    let shared = SharedJudgements()
    for key in UInt64(0)...32_768 { shared.add(.client(.unknown), of: key) }
    #expect((UInt64(0)..<32_768).allSatisfy { shared.judgement(of: $0) == .client(.unknown) })
    #expect(shared.judgement(of: 32_768) == nil)
  }
}

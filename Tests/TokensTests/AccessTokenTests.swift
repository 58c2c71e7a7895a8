import Testing
import Tokens

@Suite struct AccessTokenTests {
  @Test func tokensAreLongRandomAndMarked() {
    let tokens = (0..<100).map { _ in AccessToken().text }
    #expect(Set(tokens).count == tokens.count)
    for token in tokens {
      #expect(token.utf8.count == AccessToken.length)
      #expect(token.hasPrefix("fft_"))
      #expect(token.dropFirst(4).allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
  }

  /// By `printf fft_0 | sha256sum`.
  @Test func theHashIsSHA256() {
    let hex = TokenHash(ofToken: "fft_0").bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == "d5d56b9c46cb69b8440905142fefe888d3c41d5cda9d0606f9c84c893d8d0be5")
  }

  @Test func hashesMatchWhollyOrNotAtAll() {
    let hash = TokenHash(ofToken: "fft_0")
    #expect(hash.matches(TokenHash(bytes: hash.bytes)))
    for index in hash.bytes.indices {
      var bytes = hash.bytes
      bytes[index] ^= 1
      #expect(!hash.matches(TokenHash(bytes: bytes)))
    }
    #expect(!hash.matches(TokenHash(bytes: [])))
    #expect(!hash.matches(TokenHash(bytes: hash.bytes + [0])))
  }
}

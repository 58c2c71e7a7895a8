import Crypto

/// The SHA-256 of a token: all that is stored of it.
///
/// A slow hash of passwords is not needed: it makes the guessing of a person's few bits dear, and a token has 256 random
/// bits, which nobody guesses at any speed.
public struct TokenHash: Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The hash of what somebody presents as a token.
  public init(ofToken text: String) {
    bytes = Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// A hash as it was stored.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether two hashes are the same, in a time that does not tell how much of them is.
  public func matches(_ other: TokenHash) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    var difference: UInt8 = 0
    for index in bytes.indices { difference |= bytes[index] ^ other.bytes[index] }
    return difference == 0
  }
}

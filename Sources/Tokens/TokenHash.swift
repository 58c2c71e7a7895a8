import Crypto

/// The SHA-256 of a token, which is stored instead of the token.
///
/// A slow password hash is not needed: it protects secrets with few bits against guessing, and the 256 random bits of a
/// token cannot be guessed at any speed.
public struct TokenHash: Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Hashes a text that is presented as a token.
  public init(ofToken text: String) {
    bytes = Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// Creates a hash from its stored bytes.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Returns whether two hashes are equal, in a time that does not depend on how many of their bytes are.
  public func matches(_ other: TokenHash) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    var difference: UInt8 = 0
    for index in bytes.indices { difference |= bytes[index] ^ other.bytes[index] }
    return difference == 0
  }
}

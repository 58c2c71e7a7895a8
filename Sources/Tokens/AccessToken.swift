import ByteScanning

/// A secret that gives its holder access. It is shown once when it is created; only its hash is stored.
public struct AccessToken: Sendable {
  /// The prefix of every token, by which people and scanners for leaked secrets recognise one.
  public static let mark = "fft_"
  /// The length of every token, in bytes.
  public static let length = mark.utf8.count + 64

  /// The secret: the prefix and 256 random bits in hexadecimal digits.
  public let text: String

  /// Creates a token with the system's secure random number generator.
  public init() {
    var generator = SystemRandomNumberGenerator()
    text = Self.mark + HexDigits.text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }
}

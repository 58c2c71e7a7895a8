import ByteScanning

/// A secret that allows whoever holds it something: shown once when it is made, known by its hash from then on.
public struct AccessToken: Sendable {
  /// The first letters of every token, by which scanners for leaked secrets and people know one.
  public static let mark = "fft_"
  /// The length of a token, in bytes: no text of another length is one.
  public static let length = mark.utf8.count + 64

  /// The secret: the mark and 256 random bits in hexadecimal digits.
  public let text: String

  /// A new token, from the system's generator of secrets.
  public init() {
    var generator = SystemRandomNumberGenerator()
    text = Self.mark + HexDigits.text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }
}

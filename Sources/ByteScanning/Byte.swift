/// Names of the bytes that logs and requests are made of.
public enum Byte {
  /// Horizontal tab.
  public static let tab: UInt8 = 0x09
  /// Line feed.
  public static let newline: UInt8 = 0x0A
  /// Carriage return.
  public static let carriageReturn: UInt8 = 0x0D
  /// Space.
  public static let space: UInt8 = 0x20
  /// `"`
  public static let quote: UInt8 = 0x22
  /// `#`
  public static let numberSign: UInt8 = 0x23
  /// `%`
  public static let percent: UInt8 = 0x25
  /// `&`
  public static let ampersand: UInt8 = 0x26
  /// `(`
  public static let openParenthesis: UInt8 = 0x28
  /// `)`
  public static let closeParenthesis: UInt8 = 0x29
  /// `*`
  public static let asterisk: UInt8 = 0x2A
  /// `+`
  public static let plus: UInt8 = 0x2B
  /// `,`
  public static let comma: UInt8 = 0x2C
  /// `-`
  public static let hyphen: UInt8 = 0x2D
  /// `.`
  public static let dot: UInt8 = 0x2E
  /// `/`
  public static let slash: UInt8 = 0x2F
  /// `:`
  public static let colon: UInt8 = 0x3A
  /// `;`
  public static let semicolon: UInt8 = 0x3B
  /// `=`
  public static let equals: UInt8 = 0x3D
  /// `?`
  public static let questionMark: UInt8 = 0x3F
  /// `@`
  public static let at: UInt8 = 0x40
  /// `[`
  public static let openBracket: UInt8 = 0x5B
  /// `\`
  public static let backslash: UInt8 = 0x5C
  /// `]`
  public static let closeBracket: UInt8 = 0x5D
  /// `_`
  public static let underscore: UInt8 = 0x5F
  /// `{`
  public static let openBrace: UInt8 = 0x7B
  /// `|`
  public static let bar: UInt8 = 0x7C
  /// `}`
  public static let closeBrace: UInt8 = 0x7D
  /// `~`
  public static let tilde: UInt8 = 0x7E

  /// Returns the lower-case letter for an ASCII capital, and any other byte as it is.
  @inlinable
  public static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  /// Whether a byte is an ASCII letter.
  @inlinable
  public static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Whether a byte is an ASCII digit.
  @inlinable
  public static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether a byte is an ASCII letter or digit.
  @inlinable
  public static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}

import ByteScanning
import Collecting

/// Converts host names to canonical form: lower case, without port, final dot and leading `www.`.
public enum HostName {
  /// Returns the canonical form of a host as it appears in a log or URL.
  public static func canonical(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let bare = RequestTarget.hostWithoutPort(bytes, range)
    var out: [UInt8] = []
    for index in bare {
      let byte = bytes[index]
      out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if out.last == Byte.dot { out.removeLast() }
    if out.starts(with: "www.".utf8), out.dropFirst(4).contains(Byte.dot) { out.removeFirst(4) }
    return String(decoding: out, as: UTF8.self)
  }

  /// Returns the canonical host of a referrer; empty if that is no URL of a page or an app. Files and extensions of
  /// browsers have URLs, too, but nobody links from them.
  public static func ofReferrer(_ bytes: Span<UInt8>, _ referrer: Range<Int>) -> String {
    let host = RequestTarget.parts(of: bytes, referrer).host
    guard !host.isEmpty, let colon = referrer.first(where: { bytes[$0] == Byte.colon }),
      schemes.contains(canonical(bytes, referrer.lowerBound..<colon)), isHost(bytes, host)
    else { return "" }
    return canonical(bytes, host)
  }

  private static let schemes: Set = ["http", "https", "android-app", "ios-app"]

  /// Whether a host consists of what hosts consist of, and not of punctuation alone.
  private static func isHost(_ bytes: Span<UInt8>, _ host: Range<Int>) -> Bool {
    if bytes[host.lowerBound] == Byte.openBracket { return bytes[host.upperBound - 1] == Byte.closeBracket }
    return host.contains { isLetterOrDigit(bytes[$0]) }
      && host.allSatisfy {
        isLetterOrDigit(bytes[$0]) || bytes[$0] == Byte.dot || bytes[$0] == Byte.hyphen || bytes[$0] == Byte.underscore
      }
  }

  /// Whether a byte is a letter, also of another alphabet, or a digit.
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  /// Returns the canonical form of a host given as text.
  public static func canonical(_ host: String) -> String {
    let bytes = Array(host.utf8)
    return canonical(bytes.span, 0..<bytes.count)
  }
}

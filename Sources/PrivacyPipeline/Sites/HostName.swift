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

  /// Returns the canonical form of a host given as text.
  public static func canonical(_ host: String) -> String {
    let bytes = Array(host.utf8)
    return canonical(bytes.span, 0..<bytes.count)
  }
}

import ByteScanning
import Collecting
import HTTPTypes
import Hummingbird
import NIOCore

/// Who sends a request, as far as the connection and the headers tell.
struct Caller: InitializableFromSource {
  typealias Source = ApplicationRequestContextSource

  /// The address of the other end of the connection.
  let peer: String
  private let isLoopback: Bool

  init(source: ApplicationRequestContextSource) {
    let address = source.channel.remoteAddress
    peer = address?.ipAddress ?? ""
    isLoopback = peer == "::1" || peer.hasPrefix("127.") || peer.hasPrefix("::ffff:127.")
  }

  /// Whether somebody on this machine asks, and no proxy for somebody else; and not a page of others in a browser on this
  /// machine, whose name was made to mean it (DNS rebinding).
  func isLocal(_ headers: HTTPFields, authority: String?) -> Bool {
    guard isLoopback, Self.forwarding.allSatisfy({ headers[$0] == nil }) else { return false }
    let host = (authority ?? "").lowercased()
    let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
    return ["localhost", "127.0.0.1", "[::1]"].contains(name)
  }

  /// The client's address: the other end's, or where that is a proxy's, what it says.
  func address(_ headers: HTTPFields, _ proxies: TrustedProxies) -> [UInt8] {
    var proxies = proxies
    let list = Self.lists.lazy.compactMap { headers[$0] }.first ?? ""
    let bytes = Array(peer.utf8) + Array(list.utf8)
    let end = peer.utf8.count
    return Array(bytes[proxies.client(bytes.span, peer: 0..<end, forwarded: end..<bytes.count)])
  }

  private static let lists = ["X-Forwarded-For", "Forwarded", "X-Real-IP"].compactMap { HTTPField.Name($0) }
  private static let forwarding = lists + ["Via", "X-Forwarded-Host"].compactMap { HTTPField.Name($0) }
}

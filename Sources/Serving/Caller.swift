import ByteScanning
import Collecting
import HTTPTypes
import Hummingbird
import NIOCore

/// The sender of a request, as far as the connection and the headers identify it.
struct Caller: InitializableFromSource {
  typealias Source = ApplicationRequestContextSource

  /// The address of the peer.
  let peer: String
  private let isLoopback: Bool

  init(source: ApplicationRequestContextSource) {
    let address = source.channel.remoteAddress
    peer = address?.ipAddress ?? ""
    isLoopback = peer == "::1" || peer.hasPrefix("127.") || peer.hasPrefix("::ffff:127.")
  }

  /// Returns whether the request comes from this machine. It does not if a proxy forwards it for somebody else, or if a
  /// foreign page in a browser on this machine sends it to a name that resolves to this machine (DNS rebinding).
  func isLocal(_ headers: HTTPFields, authority: String?) -> Bool {
    guard isLoopback, Self.forwarding.allSatisfy({ headers[$0] == nil }) else { return false }
    let host = (authority ?? "").lowercased()
    let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
    return ["localhost", "127.0.0.1", "[::1]"].contains(name)
  }

  /// Returns the client's address: the peer's or, if the peer is a trusted proxy, the one that the proxy names.
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

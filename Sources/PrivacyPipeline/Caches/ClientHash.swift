import ByteScanning

/// What stands for address and agent of a line, as they were logged, while lines are counted; never stored.
public struct ClientHash: Equatable, Sendable {
  fileprivate let rawValue: UInt64

  /// What stands for nobody.
  public static let none = ClientHash(rawValue: 0)
}

/// Works out what stands for address and agent, under a key of its own, which is gone with it.
///
/// Whoever reads lines does so for whoever counts them, who looks clients up before their lines' turn
/// (``Pipeline/expect(_:)``). That two clients share a hash of 64 bits is as rare as that two visitors share a number.
public struct ClientHasher: Sendable {
  private let secret = SecretHash()
  private let word = UInt64.random(in: .min ... .max) | 1

  /// A hasher with a new key.
  public init() {}

  /// The hash of an address and an agent.
  public func hash(_ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>) -> ClientHash {
    ClientHash(rawValue: secret.hash(0, bytes, address, agent))
  }

  /// The key of a client on one day of a site; never 0.
  func key(of client: ClientHash, onDay place: UInt64) -> UInt64 {
    let key = ByteHash.mix(client.rawValue ^ place, word)
    return key == 0 ? 1 : key
  }
}

import ByteScanning

/// A keyed hash of a line's address and agent, as they are logged. Used while lines are counted, never stored.
public struct ClientHash: Equatable, Sendable {
  fileprivate let rawValue: UInt64

  /// The hash of no client.
  public static let none = ClientHash(rawValue: 0)
}

/// Computes client hashes under a random key of its own, which is gone when the hasher is.
///
/// The code that reads lines computes the hashes for the code that counts them, which can then look clients up ahead of
/// their lines (``Pipeline/expect(_:)``). Two clients share a 64-bit hash as rarely as two visitors share an id.
public struct ClientHasher: Sendable {
  private let secret = SecretHash()
  private let word = UInt64.random(in: .min ... .max) | 1

  /// Creates a hasher with a new key.
  public init() {}

  /// Returns the hash of an address and an agent.
  public func hash(_ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>) -> ClientHash {
    ClientHash(rawValue: secret.hash(0, bytes, address, agent))
  }

  /// Returns the key of a client on one day of a site; never 0.
  func key(of client: ClientHash, onDay place: UInt64) -> UInt64 {
    let key = ByteHash.mix(client.rawValue ^ place, word)
    return key == 0 ? 1 : key
  }
}

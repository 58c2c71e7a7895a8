import Collecting

/// Networks that the operator suspects, such as those of hosting companies, by the lists that the operator gives. Being in
/// one is no verdict.
public struct SuspectNetworks: Sendable {
  private let networks: AddressSet
  /// The numbers of autonomous systems.
  private let systems: Set<UInt32>

  /// Whether there is no list.
  var isEmpty: Bool { networks.isEmpty && systems.isEmpty }

  /// Whether autonomous systems are listed, which only a geo file can find.
  public var namesSystems: Bool { !systems.isEmpty }

  /// Bundles lists.
  ///
  /// - Parameter systems: the numbers of autonomous systems.
  public init(_ networks: AddressSet = AddressSet(), systems: Set<UInt32> = []) {
    self.networks = networks
    self.systems = systems
  }

  /// Whether an address is in one of the networks, or its autonomous system is listed.
  ///
  /// - Parameter geo: knows the autonomous systems of addresses. Private addresses belong to none, as in ``PutPlace``.
  func contain(_ address: borrowing ClientAddress, _ geo: (any GeoLookup)?) -> Bool {
    if networks.contains(address) { return true }
    guard namesSystems, let geo, address.kind != .name, !address.isPrivate else { return false }
    return Self.system(of: geo.place(ofAddress: address.bytes)).map(systems.contains) ?? false
  }

  /// Returns the number in the network of a place, as in `AS64496 Example Networks`.
  private static func system(of place: Place) -> UInt32? {
    guard place.network.hasPrefix("AS") else { return nil }
    return UInt32(place.network.dropFirst(2).prefix { $0 != " " })
  }
}

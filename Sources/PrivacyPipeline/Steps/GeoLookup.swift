/// Tells the place of an address. The pipeline looks and forgets the address.
public protocol GeoLookup: Sendable {
  /// The place of an address of four or sixteen bytes in network order; all parts empty where nothing is known.
  func place(ofAddress bytes: [UInt8]) -> Place
}

/// A place as far as it may be kept.
public struct Place: Hashable, Sendable {
  /// ISO 3166-1 code of two letters, or empty.
  public var country: String
  /// Name of the region, or empty.
  public var region: String
  /// Name of the city, or empty.
  public var city: String
  /// Number and name of the network the address belongs to, as in `AS64496 Example Networks`, or empty.
  public var network: String

  /// Makes a place.
  public init(country: String = "", region: String = "", city: String = "", network: String = "") {
    self.country = country
    self.region = region
    self.city = city
    self.network = network
  }
}

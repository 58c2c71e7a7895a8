/// Looks up the place of an address. The pipeline does not keep the address.
public protocol GeoLookup: Sendable {
  /// Returns the place of an address of four or sixteen bytes in network order. All fields are empty if nothing is
  /// known.
  func place(ofAddress bytes: [UInt8]) -> Place
}

/// The information about a place that may be stored.
public struct Place: Hashable, Sendable {
  /// ISO 3166-1 code of two letters, or empty.
  public var country: String
  /// Name of the region, or empty.
  public var region: String
  /// Name of the city, or empty.
  public var city: String
  /// Number and name of the network the address belongs to, as in `AS64496 Example Networks`, or empty.
  public var network: String

  /// Creates a place.
  public init(country: String = "", region: String = "", city: String = "", network: String = "") {
    self.country = country
    self.region = region
    self.city = city
    self.network = network
  }
}

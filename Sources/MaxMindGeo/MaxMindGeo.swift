import CMaxMindDB
import Glibc
import Synchronization

/// Looks up the place and the network of an address in a City, Country or ASN file of GeoLite2, GeoIP2 or DB-IP.
///
/// Format and library: <https://maxmind.github.io/MaxMind-DB/>, <https://maxmind.github.io/libmaxminddb/>. Several
/// threads may look up addresses at once.
public final class MaxMindGeo: Sendable {
  /// A place as the file names it, in English.
  public struct Place: Hashable, Sendable {
    /// ISO 3166-1 code, or empty.
    public var country = ""
    /// Name of the first subdivision, or empty.
    public var region = ""
    /// Name of the city, or empty.
    public var city = ""
    /// Number and owner of the network, as in `AS64496 Example Networks`, or empty.
    public var network = ""
  }

  private let handle: MaxMindHandle
  /// The places of records seen, by their offset in the file; many networks share one record.
  private let known = Mutex<[UInt32: Place]>([:])

  /// The type in the file's metadata, for example `GeoLite2-City`.
  public let databaseType: String
  /// When the file was built, in Unix seconds.
  public let buildEpoch: UInt64

  /// Opens a file.
  ///
  /// - Throws: ``GeoError`` if it is missing, damaged or contains no places.
  public init(path: String) throws(GeoError) {
    handle = try MaxMindHandle(path: path)
    databaseType = handle.databaseType
    buildEpoch = handle.buildEpoch
    guard Self.kinds.contains(where: databaseType.contains)
    else { throw .noPlaces(path, type: databaseType) }
  }

  /// Parts of the types of files that contain places or networks.
  private static let kinds = ["City", "Country"] + kindsWithNetworks
  /// Parts of the types of files that contain networks.
  private static let kindsWithNetworks = ["Enterprise", "ASN", "ISP"]

  /// Whether the file knows the networks of addresses.
  public var hasNetworks: Bool { Self.kindsWithNetworks.contains(where: databaseType.contains) }

  /// Returns the place of an address of four or sixteen bytes in network order. All fields are empty if nothing is
  /// known.
  public func place(ofAddress bytes: [UInt8]) -> Place {
    guard let record = handle.record(ofAddress: bytes) else { return Place() }
    if let place = known.withLock({ $0[record.offset] }) { return place }
    let place = Place(
      country: record.text(["country", "iso_code"]) ?? record.text(["registered_country", "iso_code"]) ?? "",
      region: record.text(["subdivisions", "0", "names", "en"]) ?? "",
      city: record.text(["city", "names", "en"]) ?? "", network: Self.network(record))
    known.withLock { places in
      if places.count > 100_000 { places.removeAll() }
      places[record.offset] = place
    }
    return place
  }

  /// Returns number and owner of the network, which are at the top level of ASN and ISP files, and among the traits
  /// of Enterprise files.
  private static func network(_ record: MaxMindRecord) -> String {
    for place in [[], ["traits"]] {
      guard let number = record.number(place + ["autonomous_system_number"]) else { continue }
      let owner = record.text(place + ["autonomous_system_organization"]) ?? ""
      return owner.isEmpty ? "AS\(number)" : "AS\(number) \(owner)"
    }
    return ""
  }
}

import CMaxMindDB
import Glibc
import Synchronization

/// Looks up the place and the network of an address in a file of MaxMind's format, whoever made it.
///
/// Format and library: <https://maxmind.github.io/MaxMind-DB/>, <https://maxmind.github.io/libmaxminddb/>. Several
/// threads may look up addresses at once.
public final class MaxMindGeo: Sendable {
  /// A place as the file names it, in English.
  public struct Place: Hashable, Sendable {
    /// ISO 3166-1 code in capitals, or empty.
    public var country = ""
    /// Name of the first subdivision, or empty.
    public var region = ""
    /// Name of the city, or empty.
    public var city = ""
    /// Number and owner of the network, as in `AS64496 Example Networks`, or empty.
    public var network = ""

    /// Whether nothing is known.
    public var isEmpty: Bool { country.isEmpty && region.isEmpty && city.isEmpty && network.isEmpty }
  }

  private let handle: MaxMindHandle
  /// The places of records seen, by their offset in the file; many networks share one record.
  private let known = Mutex<[UInt32: Place]>([:])

  /// The type in the file's metadata, for example `GeoLite2-City`.
  public let databaseType: String
  /// When the file was built, in Unix seconds.
  public let buildEpoch: UInt64
  /// Whether the file knows the networks of addresses.
  public let hasNetworks: Bool

  /// Opens a file.
  ///
  /// What it contains is told by its first records. Its type does not tell: makers name theirs as they like.
  /// - Throws: ``GeoError`` if it is missing, damaged or contains no places.
  public init(path: String) throws(GeoError) {
    handle = try MaxMindHandle(path: path)
    databaseType = handle.databaseType
    buildEpoch = handle.buildEpoch
    let places = handle.firstRecords(atMost: 500).map(RecordShape.place)
    hasNetworks = places.contains { !$0.network.isEmpty }
    guard !places.allSatisfy(\.isEmpty) else { throw .noPlaces(path, type: databaseType) }
  }

  /// Returns the place of an address of four or sixteen bytes in network order. All fields are empty if nothing is
  /// known.
  public func place(ofAddress bytes: [UInt8]) -> Place {
    guard let record = handle.record(ofAddress: bytes) else { return Place() }
    if let place = known.withLock({ $0[record.offset] }) { return place }
    let place = RecordShape.place(record)
    known.withLock { places in
      if places.count > 100_000 { places.removeAll() }
      places[record.offset] = place
    }
    return place
  }
}

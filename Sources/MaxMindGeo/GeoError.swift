/// Why a geo file cannot be used.
public enum GeoError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(String)
  /// The file is compressed; the command that unpacks it.
  case compressed(String, command: String)
  /// The file is not a MaxMind database or is damaged; libmaxminddb's reason.
  case notADatabase(String, reason: String)
  /// The database contains neither places nor networks of a known shape; its type.
  case noPlaces(String, type: String)

  /// File, reason and what to do, in one line.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such geo file; give another one with --geo, or use --geo none to count without places"
    case .compressed(let path, let command):
      "\(path): this geo file is compressed; unpack it with \(command), and name the .mmdb file that comes out"
    case .notADatabase(let path, let reason):
      "\(path): not a geo file in MaxMind's format (\(reason)); download it again or use --geo none"
    case .noPlaces(let path, let type):
      """
      \(path): no places are found in this file of the type \(type); use City, Country and ASN files of GeoLite2, DB-IP, \
      IPinfo or IP2Location
      """
    }
  }
}

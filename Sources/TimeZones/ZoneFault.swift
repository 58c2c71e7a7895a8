/// Why there is no calendar of a time zone.
public enum ZoneFault: Error, Equatable, CustomStringConvertible {
  /// No zone has this name; `near` are the names of similar ones.
  case unknown(name: String, near: [String])
  /// The machine has no time zones.
  case noZones(folder: String)
  /// The file of the zone cannot be understood.
  case damaged(path: String)

  /// The problem and the remedy, on one line.
  public var description: String {
    switch self {
    case .unknown(let name, let near):
      "unknown time zone '\(name)'; "
        + (near.isEmpty ? "use an IANA name such as Europe/Berlin" : "did you mean \(near.joined(separator: " or "))?")
    case .noZones(let folder):
      "\(folder): no time zones there; install the package tzdata"
    case .damaged(let path):
      "\(path): not a file of a time zone; install the package tzdata again"
    }
  }
}

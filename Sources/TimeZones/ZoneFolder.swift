import Foundation

/// The folder with the IANA time zones of this machine, which the system keeps up to date.
///
/// Foundation has zones of its own, as old as the compiler, and 34 MB of data with them.
public enum ZoneFolder {
  /// Its path: the one in TZDIR, as for the C library, or `/usr/share/zoneinfo`.
  public static let path = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"

  /// Folders with the same zones for clocks that do or do not count leap seconds.
  private static let otherClocks: Set<Substring> = ["posix", "right"]

  /// The name of this machine's own zone, as TZ or the link /etc/localtime says; nil if neither names one.
  public static var ownZone: String? {
    let variable = ProcessInfo.processInfo.environment["TZ"].map { $0.drop { $0 == ":" } }
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
    let names = [variable.map(String.init), link?.components(separatedBy: "/zoneinfo/").last]
    return names.compactMap(\.self).first { (try? contents(ofZone: $0)) != nil }
  }

  /// Returns the contents of a zone's file.
  ///
  /// - Throws: ``ZoneFault``.
  static func contents(ofZone name: String) throws(ZoneFault) -> [UInt8] {
    if isZoneName(name), let data = FileManager.default.contents(atPath: path + "/" + name) { return [UInt8](data) }
    guard FileManager.default.fileExists(atPath: path + "/Etc/UTC") else { throw .noZones(folder: path) }
    throw .unknown(name: name, near: suggestions(for: name))
  }

  /// Returns the names of the countries by their codes of ISO 3166, from the file that comes with the zones; none if there
  /// is no such file.
  public static func countryNames() -> [String: String] {
    guard let data = FileManager.default.contents(atPath: path + "/iso3166.tab") else { return [:] }
    var names: [String: String] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t")
      if columns.count == 2 { names[String(columns[0])] = String(columns[1]) }
    }
    return names
  }

  /// Whether a text is the name of a zone, such as `America/Port-au-Prince`, as opposed to another path.
  private static func isZoneName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !otherClocks.contains(parts[0])
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
              UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
              true
            default: false
            }
          }
      }
  }

  /// Returns the names of zones similar to a mistyped one.
  private static func suggestions(for name: String) -> [String] {
    let wanted = name.lowercased().split(separator: "/").last.map(String.init) ?? ""
    guard wanted.count >= 3, let paths = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return [] }
    let near = paths.filter { path in
      let parts = path.split(separator: "/")
      guard parts.count > 1, !otherClocks.contains(parts[0]), isZoneName(path) else { return false }
      let place = (parts.last ?? "").lowercased()
      return place == wanted || place.hasPrefix(wanted.prefix(4))
    }
    return Array(near.sorted().prefix(3))
  }
}

import TimeZones

/// Names of countries.
enum CountryName {
  private static let names = ZoneFolder.countryNames()

  /// Returns `Germany` for `DE`; the code itself if it has no name.
  static func english(_ code: String) -> String { names[code] ?? code }

  /// Returns the code of a code or an English name, in any case; nil if there is no such country.
  static func code(of text: String) -> String? {
    let code = text.uppercased()
    if names[code] != nil { return code }
    return names.first { $0.value.lowercased() == text.lowercased() }?.key
  }
}

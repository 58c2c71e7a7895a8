import TimeZones

/// Names of countries.
enum CountryName {
  private static let names = ZoneFolder.countryNames()

  /// Returns `Germany` for `DE`; the code itself if it has no name.
  static func english(_ code: String) -> String { names[code] ?? code }
}

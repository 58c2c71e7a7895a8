import Foundation

/// Names of countries.
enum CountryName {
  /// Returns `Germany` for `DE`, from the Unicode locale data; the code itself if it has no name.
  static func english(_ code: String) -> String {
    Locale(identifier: "en_US").localizedString(forRegionCode: code) ?? code
  }
}

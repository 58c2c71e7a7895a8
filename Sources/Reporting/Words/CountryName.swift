import Foundation

/// Names of countries.
enum CountryName {
  /// `Germany` for `DE`, by the Unicode locale data; the code itself where it has no name.
  static func english(_ code: String) -> String {
    Locale(identifier: "en_US").localizedString(forRegionCode: code) ?? code
  }
}

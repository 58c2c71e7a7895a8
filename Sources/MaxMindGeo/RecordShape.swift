/// Where the makers of geo files put what they know about an address.
///
/// Nested, as GeoLite2, GeoIP2, DB-IP and converted IP2Location files: `country.iso_code`, `city.names.en`,
/// `autonomous_system_number`. Flat, as IPinfo Lite and its older country_asn (`country`, `country_code`, `asn`,
/// `as_name`) and the files of ip-location-db (`country_code`, `state1`, `city`). The same key may be a map in one file
/// and a text in another; a path leads nowhere if it does not fit.
enum RecordShape {
  /// Returns the place of a record.
  static func place(_ record: MaxMindRecord) -> MaxMindGeo.Place {
    MaxMindGeo.Place(
      country: first(countries) { code(record.text($0)) }, region: first(regions, record.text),
      city: first(cities, record.text), network: network(record))
  }

  /// IPinfo's `country` is a name in files with `country_code`, and the code in older ones.
  private static let countries = [
    ["country", "iso_code"], ["registered_country", "iso_code"], ["country_code"], ["country"],
  ]
  private static let regions = [["subdivisions", "0", "names", "en"], ["state1"], ["region"]]
  private static let cities = [["city", "names", "en"], ["city"]]

  /// Number and owner: in ASN and ISP files at the top, in Enterprise files among the traits.
  private static let networks = [
    (number: ["autonomous_system_number"], owners: [["autonomous_system_organization"]]),
    (["traits", "autonomous_system_number"], [["traits", "autonomous_system_organization"]]),
    (["asn"], [["as_name"], ["name"]]),
  ]

  private static func first(_ paths: [[String]], _ value: ([String]) -> String?) -> String {
    for path in paths {
      if let value = value(path) { return value }
    }
    return ""
  }

  /// Returns a code of two letters in capitals; nil for anything else, and for the codes that mean an unknown country.
  private static func code(_ text: String?) -> String? {
    guard let code = text?.uppercased(), code.utf8.count == 2,
      code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }), code != "ZZ", code != "XX"
    else { return nil }
    return code
  }

  private static func network(_ record: MaxMindRecord) -> String {
    for (path, owners) in networks {
      guard let number = record.number(path) ?? number(record.text(path)), number > 0 else { continue }
      let owner = first(owners, record.text)
      return owner.isEmpty ? "AS\(number)" : "AS\(number) \(owner)"
    }
    return ""
  }

  /// Returns the number in a text, with or without `AS`.
  private static func number(_ text: String?) -> UInt32? {
    guard let text = text?.uppercased() else { return nil }
    return UInt32(text.hasPrefix("AS") ? text.dropFirst(2) : text[...])
  }
}

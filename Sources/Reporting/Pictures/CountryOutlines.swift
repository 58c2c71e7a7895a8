/// The outlines of countries on a map of the world, from the data folder.
///
/// Each line of the file has the code of a country by ISO 3166-1, a tab, and an outline as the path of an SVG. Its first line
/// has the width and the height of the map instead of a code and an outline. Sources/setup/bring-rules.py writes it.
public struct CountryOutlines: Sendable {
  /// No map.
  public static let none = CountryOutlines([])

  /// The view box of the map.
  let viewBox: String
  /// Code and path of each country, in the order of the file.
  let countries: [(code: String, path: String)]

  /// Reads the file. Whatever is not as described is left out, because a page is worth having without a map, too.
  public init(_ bytes: [UInt8]) {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }.filter { $0.count == 2 }
    let size = lines.first.flatMap { size in Int(size[0]).flatMap { width in Int(size[1]).map { (width, $0) } } }
    viewBox = size.map { "0 0 \($0) \($1)" } ?? ""
    if size != nil { lines.removeFirst() } else { lines = [] }
    countries = lines.map { ($0[0], $0[1]) }
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { countries.isEmpty }
}

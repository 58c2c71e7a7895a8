import Hits

/// Takes the texts apart that ``Hits/HitBatch`` joins, into the values that statistics are broken down by.
public enum JoinedText {
  /// The dimensions of an acquisition's parts after source and channel.
  public static let detailDimensions: [Dimension] = [
    .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm,
  ]
  /// How many parts a client has: browser, its version, system, its version, device.
  public static let clientParts = 5
  /// How many parts a place has: country, region, city, network.
  public static let placeParts = 4
  /// How many parts an acquisition has: source, channel, then those of ``detailDimensions``.
  public static let acquisitionParts = 8

  /// The parts of a text, filled up to a number of parts.
  public static func parts(of text: String, count: Int) -> [String] {
    let parts = text.utf8.split(separator: HitBatch.separator, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    return parts + Array(repeating: "", count: max(0, count - parts.count))
  }

  /// Browser, browser with version, system, system with version, device.
  public static func clientTexts(_ parts: [String]) -> [String] {
    [parts[0], joined(parts[0], parts[1]), parts[2], joined(parts[2], parts[3]), parts[4]]
  }

  /// The name, then name, property and value of each property, joined.
  public static func eventTexts(_ parts: [String]) -> [String] {
    let separator = String(Character(Unicode.Scalar(HitBatch.separator)))
    let pairs = stride(from: 1, to: parts.count - 1, by: 2).map { index in
      [parts[0], parts[index], parts[index + 1]].joined(separator: separator)
    }
    return [parts[0]] + pairs
  }

  private static func joined(_ name: String, _ version: String) -> String {
    version.isEmpty ? name : name + " " + version
  }
}

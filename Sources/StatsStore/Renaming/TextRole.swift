import Hits
import Rollups

/// What a text of the dictionary stands for, which decides how it is named anew.
enum TextRole: CaseIterable {
  case page
  /// A page of another program's statistics.
  case pastPage
  case source
  case referrer
  /// A value of a campaign, or an event, alone or joined with properties and their values.
  case values
  /// A source and the values of its campaign, joined.
  case utm
  /// The pathname of a feed and the name of a reader, joined.
  case feed
  /// Source, channel, referrer and utm values of hits, joined.
  case acquisition

  /// The role of a dimension's values in `agg`; nil if they keep their names.
  init?(_ dimension: Dimension) {
    switch dimension {
    case .page, .entryPage, .exitPage, .nextPage, .previousPage, .notFound: self = .page
    case .source: self = .source
    case .referrer: self = .referrer
    case .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm, .event, .eventProperty: self = .values
    case .utm: self = .utm
    case .feed: self = .feed
    case .total, .hour, .channel, .country, .region, .city, .network, .browser, .browserVersion, .os, .osVersion,
      .device, .funnel, .behaviour, .behaviourEvent, .robotClass, .robot, .robotPage:
      return nil
    }
  }

  /// The role of the values of another program's list; nil if they keep their names.
  init?(past dimension: String) {
    switch dimension {
    case "page", "entry_page", "exit_page", "url", "download", "static_file", "not_found": self = .pastPage
    case "referrer", "referring_site": self = .referrer
    case _ where PastRow.written.contains(dimension): self = .values
    default: return nil
    }
  }

  /// Returns the name of a text of a site.
  func name(of text: String, by renaming: Renaming, site: UInt32) -> String {
    var parts = HitBatch.parts(of: text)
    for index in parts.indices {
      guard let name = function(ofPart: index, renaming), Self.isNamed(parts[index]) else { continue }
      parts[index] = name(site, parts[index])
    }
    return HitBatch.joined(parts)
  }

  /// The function that names a part of a text; nil if the part keeps its name.
  private func function(ofPart index: Int, _ renaming: Renaming) -> Renaming.Name? {
    switch (self, index) {
    case (.page, 0), (.feed, 0): { Self.isPath($1) ? renaming.page($0, $1) : $1 }
    case (.pastPage, 0): renaming.pastPage
    case (.source, 0), (.utm, 0), (.acquisition, 0): renaming.source
    case (.referrer, 0), (.acquisition, 2): renaming.referrer
    case (.values, _), (.utm, 1...5), (.acquisition, 3...7): renaming.value
    default: nil
    }
  }

  /// Parts that are empty are absent, and the row for the rest of a day's values stands for no text.
  private static func isNamed(_ part: String) -> Bool { !part.isEmpty && part != StatsStore.otherValues }

  /// `(no path)` and `(unknown)` are none.
  private static func isPath(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "/") }
}

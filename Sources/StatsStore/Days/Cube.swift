import Rollups

/// The columns of the visit cube, in the order of the table.
enum Cube {
  /// The dimensions that distinguish cells, besides site and day.
  static let dimensions: [Dimension] = [.source, .channel, .country, .browser, .os, .device]

  /// The columns of the dimensions, each the id of a text.
  static let keys = dimensions.map(\.name)

  /// The columns of the measures.
  static let measures = [
    "pageviews", "visitors", "visits", "bounces", "seconds", "visitors_of_source", "visitors_of_channel",
    "visitors_of_day",
  ]

  /// Returns the column of visitors that may be summed over cells distinguished only by these dimensions.
  static func visitors(by dimensions: Set<Dimension>) -> String {
    switch (dimensions.contains(.source), dimensions.contains(.channel)) {
    case (true, true): "visitors"
    case (true, false): "visitors_of_source"
    case (false, true): "visitors_of_channel"
    case (false, false): "visitors_of_day"
    }
  }

  /// The number of columns: site, day, keys and measures.
  static let columns = 2 + keys.count + measures.count
}

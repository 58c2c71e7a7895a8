import Hits
import StatsStore

/// The words of reports for what other programs counted.
enum PastWords {
  /// Returns the name of a measure or dimension as people read it: the origin's own, with blanks.
  static func label(_ name: String) -> String { name.replacing("_", with: " ") }

  /// Returns the title of a list: `pages`, `search engines`.
  static func title(_ dimension: String) -> String {
    let label = label(dimension)
    if label == "url" { return "URLs" }
    return ["os", "tls", "misc", "not found", "missing"].contains(label)
      ? label : label + (label.hasSuffix("s") ? "" : "s")
  }

  /// Returns the measures that a list for people shows, the most telling ones first. Its rows have no room for more.
  static func measures(of rows: some Collection<PastStatistics.Value>) -> [String] {
    let order = ["pages", "pageviews", "views", "hits", "visits", "visitors", "events", "entries", "exits", "bytes"]
    let present = Set(rows.flatMap(\.numbers.keys))
    let known = order.filter(present.contains)
    return Array((known + present.subtracting(order).filter { !$0.hasPrefix("not_viewed") }.sorted()).prefix(4))
  }

  /// What all readers must know about numbers of other programs.
  static func note(_ series: [PastReport.Series]) -> String {
    let names = series.map(\.origin.title).joined(separator: " and ")
    return "Counted by \(names), by its own rules and names; not comparable with what follows (docs/moving.md)."
  }
}

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
    let rules = series.count == 1 ? "its own rules and names" : "their own rules and names"
    return "Counted by \(names), by \(rules); not comparable with Footfall's numbers (docs/moving.md)."
  }

  /// What readers must know about lists that the program cut off; nil if there are none.
  static func cuts(_ series: PastReport.Series) -> String? {
    guard !series.cutLists.isEmpty else { return nil }
    let lists = series.cutLists.map { list in
      let counts = ["rows", "rows_counted"].map { NumberText.grouped(list.numbers[$0] ?? 0) }
      return "\(title(list.value)) \(counts[0]) of \(counts[1])"
    }
    let course = series.cutLists.contains { $0.value == "day" } ? " The course lacks days, the totals have them." : ""
    return "\(series.origin.title) cut off its lists: \(lists.joined(separator: ", ")).\(course)"
  }
}

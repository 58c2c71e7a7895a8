import Hits
import StatsStore

/// Counts outcomes of lines by site and day. Consecutive lines usually share both; then a line costs one addition.
struct OutcomeTally {
  private struct SiteDay: Hashable {
    var site: UInt32
    var day: Int32
  }

  private var places: [SiteDay: Int] = [:]
  /// The number of lines with each outcome, for each site and day.
  private var counts: [Int] = []
  private var last = SiteDay(site: 0, day: 0)
  private var start = 0

  /// Counts a line.
  mutating func add(_ outcome: Outcome, site: UInt32, day: Int32) {
    let key = SiteDay(site: site, day: day)
    if key != last || counts.isEmpty {
      last = key
      start = places[key] ?? newPlace(key)
    }
    counts[start + Int(outcome.rawValue)] += 1
  }

  private mutating func newPlace(_ key: SiteDay) -> Int {
    let start = counts.count
    places[key] = start
    counts += repeatElement(0, count: Outcome.allCases.count)
    return start
  }

  /// Adds the counts to some sums.
  func add(to sums: inout [OutcomeKey: Int]) {
    for (key, start) in places {
      for (offset, outcome) in Outcome.allCases.enumerated() where counts[start + offset] > 0 {
        sums[OutcomeKey(site: key.site, day: key.day, outcome: outcome), default: 0] += counts[start + offset]
      }
    }
  }
}

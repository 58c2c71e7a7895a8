import GRDB
import Hits
import Rollups

/// A row of the statistics with texts instead of ids.
public struct StatisticsRow: Sendable {
  /// The dimension of the value.
  public var dimension: Dimension
  /// The value as text; the parts of composite values are joined by ``HitBatch/separator``.
  public var value: String
  /// Its measures.
  public var counts: Counts
}

extension StatsStore {
  /// Returns all rows of a day of a site, in order of dimension and value.
  public func rows(site: UInt32, day: Int32) throws -> [StatisticsRow] {
    try statistics(site: site, day: day).aggregates.compactMap { row in
      guard let dimension = Dimension(rawValue: UInt8(row.dimension)) else { return nil }
      var counts = Counts()
      counts.pageviews = row.counts[0]
      counts.visitors = row.counts[1]
      counts.visits = row.counts[2]
      counts.bounces = row.counts[3]
      counts.seconds = row.counts[4]
      counts.seenLoading = row.counts[5]
      return StatisticsRow(
        dimension: dimension, value: row.text ?? row.number.map(String.init) ?? "", counts: counts)
    }
  }
}

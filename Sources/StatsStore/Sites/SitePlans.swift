import GRDB
import Hits

extension StatsStore {
  /// Sets whether a site may use the collect API, and its monthly cap.
  public func setPlan(_ plan: SitePlan, of site: SiteProfile) throws {
    guard plan != site.plan else { return }
    try write { db in
      try db.execute(
        sql: "UPDATE site SET api = ?, monthly_cap = ? WHERE id = ?",
        arguments: [plan.hasAPI, plan.monthlyCap, Int64(site.id)])
    }
  }

  /// Returns the first and last day of the month that contains a day.
  public static func month(of day: Int32) -> ClosedRange<Int32> { MonthSums.month(of: day) }

  /// Returns how many requests and lines of these days were counted as page views of a site, including those of
  /// robots later detected by their behaviour.
  public func pageviews(site: UInt32, days: ClosedRange<Int32>) throws -> Int64 {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: "SELECT sum(lines) FROM outcome WHERE site = ? AND day BETWEEN ? AND ? AND outcome = ?",
        arguments: [Int64(site), days.lowerBound, days.upperBound, Outcome.pageview.name]) ?? 0
    }
  }
}

import GRDB
import Hits

extension StatsStore {
  /// Sets what a site may do by the collect API.
  public func setPlan(_ plan: SitePlan, of site: SiteProfile) throws {
    guard plan != site.plan else { return }
    try write { db in
      try db.execute(
        sql: "UPDATE site SET api = ?, monthly_cap = ? WHERE id = ?",
        arguments: [plan.hasAPI, plan.monthlyCap, Int64(site.id)])
    }
  }

  /// The first and the last day of the month that a day is in.
  public static func month(of day: Int32) -> ClosedRange<Int32> { MonthSums.month(of: day) }

  /// How many requests and lines of some days have been counted as page views of a site, robots that were told by their
  /// behaviour later among them.
  public func pageviews(site: UInt32, days: ClosedRange<Int32>) throws -> Int64 {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: "SELECT sum(lines) FROM outcome WHERE site = ? AND day BETWEEN ? AND ? AND outcome = ?",
        arguments: [Int64(site), days.lowerBound, days.upperBound, Outcome.pageview.name]) ?? 0
    }
  }
}

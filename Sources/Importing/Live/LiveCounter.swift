import Collecting
import Hits
import PrivacyPipeline
import StatsStore

/// Counts requests as long as nobody else writes to the database.
struct LiveCounter {
  /// A month of a site.
  private struct Month: Hashable {
    var site: Int
    var days: ClosedRange<Int32>
  }

  /// The version of the database that it was created from.
  let version: Int
  private var sites: SiteDirectory
  private var pipeline: Pipeline
  private let pageviews: (UInt32, ClosedRange<Int32>) throws -> Int64
  /// The page views of each month of the sites that have a cap.
  private var used: [Month: Int64] = [:]

  init(
    version: Int, sites: SiteDirectory, pipeline: Pipeline,
    pageviews: @escaping (UInt32, ClosedRange<Int32>) throws -> Int64
  ) {
    self.version = version
    self.sites = sites
    self.pipeline = pipeline
    self.pageviews = pageviews
  }

  /// Counts requests and adds them to a part.
  ///
  /// - Throws: the errors of salts and database.
  mutating func count(_ requests: [LiveRequest], into part: inout ImportPart) throws -> [LiveAnswer] {
    pipeline.startBatch()
    var batch = HitBatch()
    var answers: [LiveAnswer] = []
    for (index, live) in requests.enumerated() {
      answers.append(try answer(live, Int32(index), &batch, &part))
    }
    let indices = Array(batch.hits.indices)
    if !batch.robotRequests.isEmpty {
      part.robots.append(RobotSlice(batch: batch, requests: batch.robotRequests, feeds: batch.feedRequests))
    }
    if !indices.isEmpty { part.hits.append(HitSlice(batch: batch, indices: indices)) }
    return answers
  }

  private mutating func answer(
    _ live: LiveRequest, _ line: Int32, _ batch: inout HitBatch, _ part: inout ImportPart
  ) throws -> LiveAnswer {
    let request = live.request
    guard let place = place(of: request) else {
      let day = LocalCalendar.utc.day(at: request.timestamp)
      part.note(.unknownSite, site: 0, day: day)
      return .ended(.unknownSite)
    }
    let profile = sites.profiles[place.site]
    if let only = live.onlySite, only != profile.id { return .otherSite }
    guard profile.plan.hasAPI else { return .noPlan }
    let outcome =
      try isUsedUp(place)
      ? .capExceeded : try pipeline.process(request, line: line, site: place.site, into: &batch)
    if outcome == .pageview { used[Month(site: place.site, days: StatsStore.month(of: place.day))]? += 1 }
    part.note(outcome, site: profile.id, day: place.day)
    if outcome.isNewInItsDay {
      let quarter = LineQuarter(site: profile.id, day: place.day, time: UInt32(clamping: request.timestamp))
      part.quarters[quarter, default: 0] += 1
    }
    return .ended(outcome)
  }

  private mutating func place(of request: borrowing CollectRequest) -> (site: Int, day: Int32)? {
    guard let site = sites.site(ofTrackingID: request.bytes.span, request[.trackingID]) else { return nil }
    return (site, sites.moment(ofSite: site, at: request.timestamp).day)
  }

  /// Returns whether the site has used up its plan's page views for the month.
  private mutating func isUsedUp(_ place: (site: Int, day: Int32)) throws -> Bool {
    let profile = sites.profiles[place.site]
    guard let cap = profile.plan.monthlyCap else { return false }
    let month = Month(site: place.site, days: StatsStore.month(of: place.day))
    let had = try used[month] ?? pageviews(profile.id, month.days)
    used[month] = had
    return had >= cap
  }
}

extension ImportPart {
  fileprivate mutating func note(_ outcome: Outcome, site: UInt32, day: Int32) {
    lines += 1
    outcomes[OutcomeKey(site: site, day: day, outcome: outcome), default: 0] += 1
  }
}

import ByteScanning
import Hits

/// A moment on a site's own clock.
public struct LocalMoment: Equatable, Sendable {
  /// Days since 1970-01-01 of the local date.
  public var day: Int32
  /// Seconds since the day's first instant.
  public var second: Int32
  /// Whether the day is sealed.
  public var isSealed: Bool
  /// Whether the day is none of those that are asked for.
  public var isOutOfRange = false
}

/// Finds the site of a request and the local day of an instant.
///
/// One per worker: it remembers the day it is in, so that nearly all instants cost two comparisons.
public struct SiteDirectory: Sendable {
  private struct Cursor {
    var start: Int64 = 0
    var end: Int64 = 0
    var moment = LocalMoment(day: 0, second: 0, isSealed: false)
  }

  /// The sites.
  public let profiles: [SiteProfile]
  private let only: Int?
  private let believesHosts: Bool
  private let onlyDay: Int32?
  private let byHost: [String: Int]
  private let byTrackingID: [String: Int]
  private var cursors: [Cursor]

  /// A directory of sites.
  ///
  /// - Parameters:
  ///   - only: the index of the site that every request belongs to; nil where the host tells.
  ///   - believesHosts: whether a host tells also where there is an `only` site, which then gets requests without a host.
  ///   - onlyDay: the only day that is asked for; nil for all days.
  public init(_ profiles: [SiteProfile], only: Int? = nil, believesHosts: Bool = false, onlyDay: Int32? = nil) {
    self.profiles = profiles
    self.only = only
    self.believesHosts = believesHosts
    self.onlyDay = onlyDay
    cursors = profiles.map { _ in Cursor() }
    var byHost: [String: Int] = [:]
    var byTrackingID: [String: Int] = [:]
    for (index, profile) in profiles.enumerated() {
      byTrackingID[profile.trackingID] = index
      for host in profile.hosts {
        byHost[host] = index
      }
    }
    self.byHost = byHost
    self.byTrackingID = byTrackingID
  }

  /// The site every request belongs to, where there is only one to ask for.
  public var onlySite: Int? { only }

  /// The site of a host as logged: with or without port and `www.`, in any case.
  public func site(ofHost bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    if let only, range.isEmpty || !believesHosts { return only }
    return byHost[HostName.canonical(bytes, range)]
  }

  /// The site of a tracking id.
  public func site(ofTrackingID id: String) -> Int? {
    byTrackingID[id]
  }

  /// The local day and second of an instant in Unix seconds.
  public mutating func moment(ofSite site: Int, at instant: Int64) -> LocalMoment {
    if instant < cursors[site].start || instant >= cursors[site].end {
      let calendar = profiles[site].calendar
      let day = calendar.day(at: instant)
      let start = calendar.start(ofDay: day)
      cursors[site] = Cursor(
        start: start, end: calendar.start(ofDay: day + 1),
        moment: LocalMoment(
          day: day, second: 0, isSealed: profiles[site].sealedDays.contains(day),
          isOutOfRange: onlyDay.map { $0 != day } ?? false))
    }
    var moment = cursors[site].moment
    moment.second = Int32(truncatingIfNeeded: instant - cursors[site].start)
    return moment
  }
}

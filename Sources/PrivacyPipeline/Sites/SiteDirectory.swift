import ByteScanning
import Collecting
import Hits

/// A moment on a site's own clock.
public struct LocalMoment: Equatable, Sendable {
  /// The local date, in days since 1970-01-01.
  public var day: Int32
  /// Seconds since the day's first instant.
  public var second: Int32
  /// Whether the day is sealed.
  public var isSealed: Bool
  /// Whether the moment is outside the requested period.
  public var isOutOfRange = false
}

/// Creates sites for hosts that are seen for the first time.
public protocol SiteMaker: Sendable {
  /// Returns the site of a host in canonical form; nil if none is to be created for it.
  func site(forNewHost host: String) throws -> SiteProfile?
}

/// Finds the site of a request and the local day of an instant.
///
/// Each pipeline has its own. It caches the hosts it has seen and the current day, so nearly every line costs one
/// lookup and two comparisons. A site is identified by the start of the path, then by the host, then by the file.
public struct SiteDirectory: Sendable {
  private struct Cursor {
    /// The instants for which the cursor is valid: the part of a day that is within the period, or outside it.
    var start: Int64 = 0
    var end: Int64 = 0
    var startOfDay: Int64 = 0
    var moment = LocalMoment(day: 0, second: 0, isSealed: false)
  }

  /// The longest tracking id that fits into a number, in bytes.
  private static let longestTrackingID = 16
  /// The most distinct hosts that are cached; a log may contain any number of invented ones.
  private static let mostHosts = 65_536

  /// The sites; new ones come last.
  public private(set) var profiles: [SiteProfile] = []
  private let only: Int?
  private let believesHosts: Bool
  private let period: Period
  private let maker: (any SiteMaker)?
  private var periods: [Range<Int64>] = []
  private var cursors: [Cursor] = []
  /// The sites by the bytes of their tracking ids.
  private var byTrackingID: [UInt128: Int] = [:]
  private var hosts = HostTable()
  private var paths = PathPrefixes()
  private var knownHosts = SymbolTable()
  private var siteOfKnownHost: [Int?] = []

  /// Creates a directory of sites.
  ///
  /// - Parameters:
  ///   - only: the index of the site that every request belongs to; nil if path, host or file identify the site.
  ///   - believesHosts: whether these identify the site even if there is an `only` site, which then also gets
  ///     requests that contain nothing to identify a site.
  ///   - period: the requested period.
  ///   - maker: creates sites for unknown hosts; nil if none are to be created.
  public init(
    _ profiles: [SiteProfile], only: Int? = nil, believesHosts: Bool = false, period: Period = Period(),
    maker: (any SiteMaker)? = nil
  ) {
    self.only = only
    self.believesHosts = believesHosts
    self.period = period
    self.maker = maker
    for profile in profiles { add(profile) }
  }

  private mutating func add(_ profile: SiteProfile) {
    let index = profiles.count
    profiles.append(profile)
    periods.append(period.instants(profile.calendar))
    cursors.append(Cursor())
    if let id = Self.packed(profile.trackingID) { byTrackingID[id] = index }
    hosts.add(profile.hosts, of: index)
    paths.add(profile.paths, of: index)
  }

  /// The site that every request belongs to, if there is one.
  public var onlySite: Int? { only }

  /// Returns the site of a line by its path, host and file.
  ///
  /// - Parameters:
  ///   - host: the host as logged, with or without port and `www.`, in any case; empty if there is none.
  ///   - target: the target of the request.
  ///   - fileSite: the site that the name of the file identifies, if any.
  /// - Throws: what the maker throws.
  public mutating func site(
    _ bytes: Span<UInt8>, host: Range<Int>, target: Range<Int>, fileSite: Int?
  ) throws -> Int? {
    if let only, !believesHosts { return only }
    let told = try paths.site(bytes, host: host, target: target) ?? site(ofHost: bytes, host) ?? fileSite
    guard let only else { return told }
    return told == only || (told == nil && host.isEmpty) ? only : nil
  }

  /// Whether a host does not belong to the site that every request belongs to; false if there is no such site.
  public mutating func isForeign(_ bytes: Span<UInt8>, host: Range<Int>) throws -> Bool {
    guard let only, !believesHosts else { return false }
    return try site(ofHost: bytes, host) != only
  }

  /// Returns the site of a host as logged: with or without port and `www.`, in any case.
  ///
  /// - Throws: what the maker throws.
  public mutating func site(ofHost bytes: Span<UInt8>, _ range: Range<Int>) throws -> Int? {
    guard !range.isEmpty else { return nil }
    if siteOfKnownHost.count >= Self.mostHosts {
      knownHosts.removeAll(keepingCapacity: true)
      siteOfKnownHost.removeAll(keepingCapacity: true)
    }
    let symbol = Int(knownHosts.intern(bytes, range))
    if symbol < siteOfKnownHost.count { return siteOfKnownHost[symbol] }
    let host = HostName.canonical(bytes, range)
    var site = hosts.site(of: host)
    if site == nil, let made = try maker?.site(forNewHost: host) {
      // Another host may have created the same site before.
      site = Self.packed(made.trackingID).flatMap { byTrackingID[$0] }
      if site == nil {
        add(made)
        site = profiles.count - 1
      }
    }
    siteOfKnownHost.append(site)
    return site
  }

  /// Returns the site of a tracking id. If every request belongs to one site, returns no other site.
  public func site(ofTrackingID bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count <= Self.longestTrackingID else { return nil }
    var id: UInt128 = 0
    for index in range { id = id << 8 | UInt128(bytes[index]) }
    guard let site = byTrackingID[id] else { return nil }
    return only == nil || site == only ? site : nil
  }

  /// Returns the bytes of a tracking id as a number; nil if it is empty or too long.
  private static func packed(_ id: String) -> UInt128? {
    guard (1...longestTrackingID).contains(id.utf8.count) else { return nil }
    return id.utf8.reduce(0) { $0 << 8 | UInt128($1) }
  }

  /// Returns the local day and second of an instant in Unix seconds.
  public mutating func moment(ofSite site: Int, at instant: Int64) -> LocalMoment {
    if instant < cursors[site].start || instant >= cursors[site].end {
      cursors[site] = cursor(ofSite: site, at: instant)
    }
    var moment = cursors[site].moment
    moment.second = Int32(truncatingIfNeeded: instant - cursors[site].startOfDay)
    return moment
  }

  private func cursor(ofSite site: Int, at instant: Int64) -> Cursor {
    let calendar = profiles[site].calendar
    let period = periods[site]
    let day = calendar.day(at: instant)
    let startOfDay = calendar.start(ofDay: day)
    var cursor = Cursor(start: startOfDay, end: calendar.start(ofDay: day + 1), startOfDay: startOfDay)
    for bound in [period.lowerBound, period.upperBound] {
      if bound <= instant { cursor.start = max(cursor.start, bound) } else { cursor.end = min(cursor.end, bound) }
    }
    cursor.moment = LocalMoment(
      day: day, second: 0, isSealed: profiles[site].sealedDays.contains(day),
      isOutOfRange: !period.contains(instant))
    return cursor
  }
}

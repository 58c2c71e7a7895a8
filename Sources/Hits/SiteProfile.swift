/// What counting needs to know of a site.
public struct SiteProfile: Sendable {
  /// The site's id in the database.
  public var id: UInt32
  /// The public id of the collect API, for example `gx_4F7K2M9QX1TB`.
  public var trackingID: String
  /// The main host name, lower case, without `www.`.
  public var host: String
  /// All host names, the main one among them; also with `www.` they are the site's own. One such as `*.example.com` stands
  /// for all hosts that end so.
  public var hosts: [String]
  /// Patterns for names of files: their lines are the site's where no host tells.
  public var files: [String]
  /// Starts of paths that are the site's: of any host (`/shop/`) or of one (`example.com/shop/`).
  public var paths: [String]
  /// The IANA name of the zone whose midnights part the days.
  public var timeZone: String
  /// The same as a calendar.
  public var calendar: LocalCalendar
  /// The rules by which robots are told by their behaviour.
  public var behaviour: BehaviourRules
  /// What it may do by the collect API.
  public var plan: SitePlan
  /// The days that are sealed: nothing can be counted into them any more.
  public var sealedDays: Set<Int32>

  /// Makes a profile.
  public init(
    id: UInt32, trackingID: String, host: String, hosts: [String], files: [String] = [],
    paths: [String] = [], timeZone: String, calendar: LocalCalendar, behaviour: BehaviourRules = .standard,
    plan: SitePlan = SitePlan(), sealedDays: Set<Int32> = []
  ) {
    self.id = id
    self.trackingID = trackingID
    self.host = host
    self.hosts = hosts
    self.files = files
    self.paths = paths
    self.timeZone = timeZone
    self.calendar = calendar
    self.behaviour = behaviour
    self.plan = plan
    self.sealedDays = sealedDays
  }
}

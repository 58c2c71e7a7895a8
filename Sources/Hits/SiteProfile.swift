/// What counting needs to know about a site.
public struct SiteProfile: Sendable {
  /// The site's id in the database.
  public var id: UInt32
  /// The public id of the collect API, for example `gx_4F7K2M9QX1TB`.
  public var trackingID: String
  /// The main host name, lower case, without `www.`.
  public var host: String
  /// All host names, including the main one. The same names with `www.` are the site's, too. A name such as
  /// `*.example.com` matches all hosts that end this way.
  public var hosts: [String]
  /// Patterns of file names. Lines of these files belong to the site if their host identifies no site.
  public var files: [String]
  /// Path prefixes of the site, on any host (`/shop/`) or on one (`example.com/shop/`).
  public var paths: [String]
  /// The IANA name of the zone whose midnights separate the days.
  public var timeZone: String
  /// The calendar of the time zone.
  public var calendar: LocalCalendar
  /// The rules that detect robots by their behaviour.
  public var behaviour: BehaviourRules
  /// What the site may do with the collect API.
  public var plan: SitePlan
  /// What its visitors should reach.
  public var goals: [SiteGoal]
  /// What they may go through on the way.
  public var funnels: [Funnel]
  /// The sealed days, into which nothing can be counted any more.
  public var sealedDays: Set<Int32>

  /// Creates a profile.
  public init(
    id: UInt32, trackingID: String, host: String, hosts: [String], files: [String] = [],
    paths: [String] = [], timeZone: String, calendar: LocalCalendar, behaviour: BehaviourRules = .standard,
    plan: SitePlan = SitePlan(), goals: [SiteGoal] = [], funnels: [Funnel] = [],
    sealedDays: Set<Int32> = []
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
    self.goals = goals
    self.funnels = funnels
    self.sealedDays = sealedDays
  }

  /// The settings that decide how days are counted.
  public var rules: DayRules { DayRules(behaviour: behaviour, funnels: funnels) }
}

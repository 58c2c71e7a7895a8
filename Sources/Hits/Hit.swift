/// A counted request with nothing personal in it: its address and user agent are gone.
///
/// Texts are stored as symbols. In memory they index a symbol table of the batch, in the database the dictionary.
public struct Hit: Hashable, Sendable {
  /// The visitor, valid for one site and one day only.
  public var visitor: VisitorID
  /// The site's id in the database.
  public var site: UInt32
  /// The site's local date, in days since 1970-01-01.
  public var day: Int32
  /// Seconds since the site's local midnight of `day`, on the log's clock; more than 86,399 in the last hour of a
  /// day of 25 hours.
  public var second: Int32
  /// The kind of request.
  public var kind: HitKind
  /// The pathname.
  public var page: UInt32
  /// Browser, system and device together.
  public var client: UInt32
  /// Country, region, city and network together.
  public var place: UInt32
  /// Source, channel, referrer and utm values together.
  public var acquisition: UInt32
  /// Name and properties of an event; 0 for the other kinds.
  public var event: UInt32
  /// What it tells of the visitor's browser.
  public var traits: HitTraits

  /// Creates a hit with the given values.
  public init(
    visitor: VisitorID, site: UInt32, day: Int32, second: Int32, kind: HitKind, page: UInt32,
    client: UInt32, place: UInt32, acquisition: UInt32, event: UInt32 = 0, traits: HitTraits = []
  ) {
    self.visitor = visitor
    self.site = site
    self.day = day
    self.second = second
    self.kind = kind
    self.page = page
    self.client = client
    self.place = place
    self.acquisition = acquisition
    self.event = event
    self.traits = traits
  }
}

/// What a hit counts as. Raw values are stored in runs and never change.
public enum HitKind: UInt8, Sendable, CaseIterable {
  /// A page view.
  case pageview = 0
  /// A custom event with a name.
  case event = 1
  /// A request for a missing page (status 404): a signal, never part of a visit.
  case notFound = 2
  /// A custom event whose line is also a page view and has that outcome in the books.
  case eventOfPageview = 3

  /// Whether it is an event, which has a name.
  public var isEvent: Bool { self == .event || self == .eventOfPageview }
}

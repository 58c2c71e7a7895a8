/// One hit of a visitor-day, whose visitor, site, day, client and place are known from the context.
public struct TimedHit: Hashable, Comparable, Sendable {
  /// Seconds since the site's local midnight.
  public var second: Int32
  /// The kind of request.
  public var kind: HitKind
  /// What it tells of the visitor's browser.
  public var traits: HitTraits
  /// The pathname.
  public var page: UInt32
  /// Source, channel, referrer and utm values together.
  public var acquisition: UInt32
  /// Name and properties of an event; 0 for the other kinds.
  public var event: UInt32

  /// Creates a hit with the given values.
  public init(
    second: Int32, kind: HitKind, page: UInt32, acquisition: UInt32, event: UInt32 = 0, traits: HitTraits = []
  ) {
    self.second = second
    self.kind = kind
    self.traits = traits
    self.page = page
    self.acquisition = acquisition
    self.event = event
  }

  /// Whether it is a picture without an extension.
  ///
  /// - Parameter pictures: the symbols of pages whose names are those of pictures.
  public func isPicture(among pictures: Set<UInt32>) -> Bool {
    pictures.contains(page) && !traits.contains(.endsLikePage)
  }

  /// Orders by all fields, so that ties never depend on the order of input.
  public static func < (left: TimedHit, right: TimedHit) -> Bool {
    if left.second != right.second { return left.second < right.second }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.page != right.page { return left.page < right.page }
    if left.acquisition != right.acquisition { return left.acquisition < right.acquisition }
    if left.event != right.event { return left.event < right.event }
    return left.traits.rawValue < right.traits.rawValue
  }
}

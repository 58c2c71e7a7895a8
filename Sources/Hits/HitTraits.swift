/// What a hit tells of its visitor's browser, besides what it counts as. Raw values are bits, are stored in runs, and
/// never change.
public struct HitTraits: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt8

  /// Creates a set of these bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Its referrer is a page of the site itself.
  public static var ownReferrer: HitTraits { HitTraits(rawValue: 1) }
  /// The log has a place for the referrer, and none was sent.
  public static var noReferrer: HitTraits { HitTraits(rawValue: 2) }
  /// It was answered with 304: the client has a copy of the page.
  public static var notModified: HitTraits { HitTraits(rawValue: 4) }
  /// Its address is in a network that the operator suspects.
  public static var suspectNetwork: HitTraits { HitTraits(rawValue: 8) }
  /// Its browser's version was replaced years before the day.
  public static var oldBrowser: HitTraits { HitTraits(rawValue: 16) }
  /// Its path ended like a page, with a slash or `.html`, which the name of the page may not show any more.
  public static var endsLikePage: HitTraits { HitTraits(rawValue: 32) }

  /// All of them. Their bits and those of ``HitKind`` fit into one byte.
  public static var all: HitTraits {
    [.ownReferrer, .noReferrer, .notModified, .suspectNetwork, .oldBrowser, .endsLikePage]
  }
}

/// A visitor of one site on one day: the first 64 bits of SHA-256(day's salt ‖ site ‖ address ‖ user agent).
///
/// Without the salt, which is destroyed when the day is sealed, it identifies nobody.
public struct VisitorID: Hashable, Comparable, Sendable {
  /// The 64 bits.
  public var rawValue: UInt64

  /// Wraps the 64 bits.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Orders by value; runs are sorted this way.
  public static func < (left: VisitorID, right: VisitorID) -> Bool {
    left.rawValue < right.rawValue
  }
}

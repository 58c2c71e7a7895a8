/// A range of indices below 2³² in eight bytes instead of sixteen, for values that are stored by the thousand.
@propertyWrapper
public struct PackedRange: Equatable, Sendable {
  /// The lower bound in the lower half, the upper bound in the other.
  private var bounds: UInt64

  /// Packs a range, whose bounds must be below 2³².
  public init(wrappedValue range: Range<Int>) {
    bounds = UInt64(UInt32(truncatingIfNeeded: range.lowerBound)) | UInt64(truncatingIfNeeded: range.upperBound) << 32
  }

  /// The range.
  public var wrappedValue: Range<Int> {
    get { Int(UInt32(truncatingIfNeeded: bounds))..<Int(bounds >> 32) }
    set { self = PackedRange(wrappedValue: newValue) }
  }
}

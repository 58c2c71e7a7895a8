/// A range of indices below 2³² in eight bytes instead of sixteen, for values that are kept by the thousand.
@propertyWrapper
public struct PackedRange: Equatable, Sendable {
  private var lower: UInt32
  private var upper: UInt32

  /// Keeps a range; bounds of 2³² and more are none it can keep.
  public init(wrappedValue range: Range<Int>) {
    lower = UInt32(truncatingIfNeeded: range.lowerBound)
    upper = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// The range.
  public var wrappedValue: Range<Int> {
    get { Int(lower)..<Int(upper) }
    set { self = PackedRange(wrappedValue: newValue) }
  }
}

/// In which respects a visit is the first of its visitor: one bit for each set of up to six dimensions.
///
/// The number of a bit has a bit for each dimension of its set, as ``Cube/markedDimensions`` orders them. It is set if no
/// earlier visit of the visitor on that day has the same values in all of these dimensions. So visitors of several cells
/// are those of the cells that have the bit of the dimensions by which the cells are told apart.
public enum Firsts {
  /// The first visit of a visitor is the first in every respect.
  public static let all: Int64 = -1

  /// By the number of a set of dimensions, the bits of all of its subsets.
  private static let subsets: [64 of Int64] = {
    var subsets = [64 of Int64](repeating: 0)
    for whole in 0..<64 {
      for part in 0..<64 where part & ~whole == 0 { subsets[whole] |= 1 << Int64(part) }
    }
    return subsets
  }()

  /// Returns the bits of a set of dimensions and of all that it contains: in these, a visit is not the first if an earlier
  /// one agrees with it in this set.
  static func subsets(of set: Int) -> Int64 { subsets[set] }

  /// Returns the set of dimensions in which two visits have the same values.
  static func agreement<let count: Int>(_ left: [count of UInt32], _ right: [count of UInt32]) -> Int {
    var agreement = 0
    for index in 0..<count where left[index] == right[index] { agreement |= 1 << index }
    return agreement
  }

  /// Returns the number of the bit for a set of dimensions.
  public static func bit(of dimensions: Set<Dimension>, in cube: Cube) -> Int {
    cube.markedDimensions.enumerated().reduce(0) { $0 | (dimensions.contains($1.element) ? 1 << $1.offset : 0) }
  }
}

/// The pages that have cells of their own: those with most visitors.
struct KeptPages {
  /// The pages; nil if all of them are kept.
  private let kept: Set<UInt32>?
  /// What stands for no page, and is always kept.
  private let none: UInt32
  /// What stands for all others.
  private let other: UInt32

  /// - Parameter list: the counts of the pages.
  init(_ list: CountList, cap: Int, none: UInt32, other: UInt32) {
    let counts = list.counts
    kept = counts.count > cap ? Set(ValueCap.apply(cap, to: counts, other: other).map(\.value)) : nil
    (self.none, self.other) = (none, other)
  }

  var keepsAll: Bool { kept == nil }

  subscript(page: UInt32) -> UInt32 {
    guard let kept, page != none, !kept.contains(page) else { return page }
    return other
  }
}

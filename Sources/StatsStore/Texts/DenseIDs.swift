import ByteScanning

/// Gives each id of the dictionary that is met a place, counted from 0 in the order in which they come.
struct DenseIDs {
  /// The ids by their places.
  private(set) var ids: [UInt32] = []
  private var places = HashTable()

  /// The place of an id, a new one where it was not met before.
  mutating func insert(_ id: UInt32) -> Int {
    let place = places.number(of: Self.hash(id))
    if place == ids.count { ids.append(id) }
    return place
  }

  /// The place of an id; nil where it was not met.
  func place(of id: UInt32) -> Int? {
    places.numberIfMet(of: Self.hash(id))
  }

  /// Fibonacci hashing: ids are counted up, slots are taken from the high bits of the product, and no two ids have the same.
  private static func hash(_ id: UInt32) -> UInt64 {
    UInt64(id) &* 0x9E37_79B9_7F4A_7C15
  }
}

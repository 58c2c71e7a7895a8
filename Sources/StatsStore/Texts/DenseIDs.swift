import ByteScanning

/// Assigns a place to each id of the dictionary that occurs, counted from 0 in order of occurrence.
struct DenseIDs {
  /// The ids, by place.
  private(set) var ids: [UInt32] = []
  private var places = HashTable()

  /// Returns the place of an id, a new one if the id has not occurred before.
  mutating func insert(_ id: UInt32) -> Int {
    let place = places.number(ofKey: UInt64(id))
    if place == ids.count { ids.append(id) }
    return place
  }

  /// Returns the place of an id; nil if it has not occurred.
  func place(of id: UInt32) -> Int? {
    places.numberIfMet(ofKey: UInt64(id))
  }
}

/// Gives each id of the dictionary that is met a place, counted from 0 in the order in which they come.
///
/// A flat table, because each hit of a day asks for two ids, twice.
struct IDPlaces {
  private struct Slot {
    var id: UInt32 = 0
    /// The place, from 1; 0 in an empty slot.
    var number: UInt32 = 0
  }

  /// The ids by their places.
  private(set) var ids: [UInt32] = []
  private var slots = [Slot](repeating: Slot(), count: 64)

  /// The place of an id, a new one where it was not met before.
  mutating func insert(_ id: UInt32) -> Int {
    if ids.count * 2 >= slots.count { grow() }
    let index = slot(of: id)
    if slots[index].number == 0 {
      ids.append(id)
      slots[index] = Slot(id: id, number: UInt32(ids.count))
    }
    return Int(slots[index].number) - 1
  }

  /// The place of an id; nil where it was not met.
  func place(of id: UInt32) -> Int? {
    let number = slots[slot(of: id)].number
    return number == 0 ? nil : Int(number) - 1
  }

  /// The slot that holds an id, or the empty one that would.
  private func slot(of id: UInt32) -> Int {
    // Fibonacci hashing: ids are counted up, slots are taken from the high bits of the product.
    var index = Int((id &* 0x9E37_79B1) >> (32 &- UInt32(slots.count.trailingZeroBitCount)))
    while slots[index].number != 0, slots[index].id != id { index = (index + 1) & (slots.count - 1) }
    return index
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    for (place, id) in ids.enumerated() { slots[slot(of: id)] = Slot(id: id, number: UInt32(place + 1)) }
  }
}

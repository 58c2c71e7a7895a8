/// Gives each distinct hash a number, counted from 0 in order of first appearance.
///
/// For hashes that may stand for what they are of, because they are keyed (``SecretHash``) or no two are alike: a look-up touches
/// one place of memory.
public struct HashTable: Sendable {
  private struct Slot {
    var hash: UInt64 = 0
    /// The number of the hash, from 1; 0 in an empty slot.
    var number: UInt32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  /// How many bits of a hash do not tell the slot.
  private var shift: UInt64 = 56
  /// How many distinct hashes it holds.
  public private(set) var count = 0

  /// An empty table.
  public init() {}

  /// The number of a hash, new where it was not met before.
  public mutating func number(of hash: UInt64) -> Int {
    if count * 2 >= slots.count { grow() }
    let index = self.index(of: hash)
    if slots[index].number == 0 {
      count += 1
      slots[index] = Slot(hash: hash, number: UInt32(count))
    }
    return Int(slots[index].number) - 1
  }

  /// The number of a hash that was met; nil for others.
  public func numberIfMet(of hash: UInt64) -> Int? {
    let number = slots[index(of: hash)].number
    return number == 0 ? nil : Int(number) - 1
  }

  /// Forgets all hashes and keeps the memory.
  public mutating func removeAll() {
    count = 0
    for index in slots.indices { slots[index] = Slot() }
  }

  /// The slot that holds a hash, or the empty one that would.
  private func index(of hash: UInt64) -> Int {
    let mask = slots.count &- 1
    var index = Int(truncatingIfNeeded: hash >> shift)
    while slots[index].number != 0, slots[index].hash != hash { index = (index &+ 1) & mask }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    shift -= 1
    for slot in old where slot.number != 0 { slots[index(of: slot.hash)] = slot }
  }
}

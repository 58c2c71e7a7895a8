/// Assigns a number to each distinct hash, from 0 in order of first appearance.
///
/// For hashes that identify what they are computed from, because they are keyed (``SecretHash``) or no two are
/// equal. A lookup touches one place in memory.
public struct HashTable: Sendable {
  private struct Slot {
    var hash: UInt64 = 0
    /// The number of the hash, from 1; 0 in an empty slot.
    var number: UInt32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  /// The number of low bits of a hash that do not select the slot.
  private var shift: UInt64 = 56
  /// The number of distinct hashes.
  public private(set) var count = 0

  /// Creates an empty table.
  public init() {}

  /// Returns the number of a hash, which is new if the hash was not seen before.
  public mutating func number(of hash: UInt64) -> Int {
    if count * 2 >= slots.count { grow() }
    let index = self.index(of: hash)
    if slots[index].number == 0 {
      count += 1
      slots[index] = Slot(hash: hash, number: UInt32(count))
    }
    return Int(slots[index].number) - 1
  }

  /// Returns the number of a hash that was seen before; nil for others.
  public func numberIfMet(of hash: UInt64) -> Int? {
    let number = slots[index(of: hash)].number
    return number == 0 ? nil : Int(number) - 1
  }

  /// Returns the number of a key that is no hash, such as an id, which is new if the key was not seen before.
  public mutating func number(ofKey key: UInt64) -> Int { number(of: Self.hash(key)) }

  /// Returns the number of a key that is no hash and was seen before; nil for others.
  public func numberIfMet(ofKey key: UInt64) -> Int? { numberIfMet(of: Self.hash(key)) }

  /// Fibonacci hashing: keys are often consecutive, slots are taken from the high bits of the product, and no two keys have
  /// the same hash.
  private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

  /// Removes all hashes and keeps the memory.
  public mutating func removeAll() {
    count = 0
    for index in slots.indices { slots[index] = Slot() }
  }

  /// Returns the slot of a hash, or the empty slot where it belongs.
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

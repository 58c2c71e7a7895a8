/// Gives each distinct key of a number and two byte strings a symbol, counted from 0 in order of first appearance.
///
/// The strings are looked at where they lie, so that a key that was met before costs a hash and a comparison, and no copy.
/// Equal keys are told by comparing all of them, never by hash alone.
public struct PairTable: Sendable {
  private struct Key: Sendable {
    var number: UInt64
    var hash: UInt64
    /// Where the first string starts in the arena, the second one starts, and the second one ends.
    var start: Int
    var middle: Int
    var end: Int
  }

  private var arena: [UInt8] = []
  private var keys: [Key] = []
  /// Symbol + 1; 0 is an empty slot.
  private var slots: [UInt32] = []

  /// An empty table.
  public init() {}

  /// How many distinct keys it holds.
  public var count: Int { keys.count }

  /// The symbol of a number with the bytes in two ranges, new where they were not met before.
  public mutating func intern(
    _ number: UInt64, _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>
  ) -> Int {
    if keys.count * 2 >= slots.count { grow() }
    let hash = Self.hash(number, bytes, first, second)
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0 {
      let symbol = Int(slots[index]) - 1
      if keys[symbol].hash == hash, isEqual(keys[symbol], number, bytes, first, second) { return symbol }
      index = (index &+ 1) & mask
    }
    let start = arena.count
    for position in first { arena.append(bytes[position]) }
    let middle = arena.count
    for position in second { arena.append(bytes[position]) }
    keys.append(Key(number: number, hash: hash, start: start, middle: middle, end: arena.count))
    slots[index] = UInt32(keys.count)
    return keys.count - 1
  }

  /// Forgets all keys and keeps the memory.
  public mutating func removeAll() {
    arena.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
  }

  private func isEqual(
    _ key: Key, _ number: UInt64, _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>
  ) -> Bool {
    key.number == number && key.middle - key.start == first.count && key.end - key.middle == second.count
      && ByteSearch.areEqual(arena.span, from: key.start, bytes, from: first.lowerBound, count: first.count)
      && ByteSearch.areEqual(arena.span, from: key.middle, bytes, from: second.lowerBound, count: second.count)
  }

  private static func hash(
    _ number: UInt64, _ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>
  ) -> UInt64 {
    ByteHash.mix(
      ByteHash.hash(bytes, first) ^ number, ByteHash.hash(bytes, second) ^ 0xE703_7ED1_A0B4_28DB)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for (symbol, key) in keys.enumerated() {
      var index = Int(truncatingIfNeeded: key.hash) & mask
      while slots[index] != 0 { index = (index &+ 1) & mask }
      slots[index] = UInt32(symbol + 1)
    }
  }
}

// Why it is built this way: each page view needs several lookups, and the tables are larger than the processor's
// cache. So a lookup touches only two places in memory, the slot and the bytes.

/// Assigns a number to each distinct byte string, from 0 in order of first appearance.
///
/// A flat table with open addressing over one arena of bytes. A lookup takes about 35 ns, where `[String: Int]`
/// takes 120–158. Strings are equal only if their bytes are, never by hash alone.
public struct SymbolTable: Sendable {
  private struct Slot {
    /// The first bits of the hash. The very first ones select the slot.
    var tag: UInt32 = 0
    /// The number of the string, from 1; 0 in an empty slot.
    var number: UInt32 = 0
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  /// The strings by their numbers. They can be kept when the table, which is about as large, is released.
  public private(set) var strings = ByteStrings()
  private var slots: [Slot] = []
  /// The number of low bits of a tag that do not select the slot.
  private var shift: UInt32 = 32

  /// Creates an empty table.
  public init() {}

  /// The number of distinct strings.
  public var count: Int { strings.count }

  /// Returns the symbol of the bytes in `range`, which is new if they were not seen before.
  public mutating func intern(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    if strings.count * 2 >= slots.count { grow() }
    let tag = UInt32(truncatingIfNeeded: ByteHash.hash(bytes, range) >> 32)
    let mask = slots.count - 1
    var index = Int(tag >> shift)
    while slots[index].number != 0 {
      let slot = slots[index]
      if slot.tag == tag, Int(slot.count) == range.count,
        ByteSearch.areEqual(
          strings.bytes.span, from: Int(slot.start), bytes, from: range.lowerBound, count: range.count)
      {
        return slot.number &- 1
      }
      index = (index &+ 1) & mask
    }
    let start = UInt32(strings.bytes.count)
    strings.append(bytes, range)
    slots[index] = Slot(tag: tag, number: UInt32(strings.count), start: start, count: UInt32(range.count))
    return UInt32(strings.count - 1)
  }

  /// Returns the symbol of a text's UTF-8.
  public mutating func intern(_ text: String) -> UInt32 {
    let bytes = Array(text.utf8)
    return intern(bytes.span, 0..<bytes.count)
  }

  /// Calls `body` with the bytes of a symbol.
  public func withBytes<Result, Failure: Error>(
    of symbol: UInt32, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try strings.withBytes(of: symbol, body)
  }

  /// Returns the text of a symbol. Invalid UTF-8 is replaced by U+FFFD.
  public func string(of symbol: UInt32) -> String {
    String(decoding: strings.bytes[strings.range(of: symbol)], as: UTF8.self)
  }

  /// Whether a symbol's bytes come before another's, compared byte by byte.
  public func isOrdered(_ left: UInt32, before right: UInt32) -> Bool {
    strings.isOrdered(left, before: right)
  }

  /// Removes all strings.
  public mutating func removeAll(keepingCapacity: Bool = false) {
    strings.removeAll(keepingCapacity: keepingCapacity)
    guard keepingCapacity else {
      slots = []
      return
    }
    for index in slots.indices { slots[index] = Slot() }
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: max(64, old.count * 2))
    shift = 32 &- UInt32(slots.count.trailingZeroBitCount)
    let mask = slots.count - 1
    for slot in old where slot.number != 0 {
      var index = Int(slot.tag >> shift)
      while slots[index].number != 0 { index = (index &+ 1) & mask }
      slots[index] = slot
    }
  }
}

// Why it is built so: an automaton of the texts (Aho and Corasick) took 6 MB that were filled at each start and hardly ever
// at hand, one place of memory for each byte of an agent. Of four bytes in a row few are those a text is known by, and a
// table that tells so fits into what the processor keeps at hand.

/// Finds all occurring texts of a set in one pass, upper and lower case alike.
///
/// Each text is known by four bytes of it, or all of them where it has fewer: those that fewest other texts and the agents
/// of most browsers hold. Where these occur the text is compared.
struct LiteralFinder: Sendable {
  private struct Entry {
    /// Where the text lies in the arena.
    var start: UInt32
    var count: UInt32
    /// Where in the text the bytes lie by which it is known.
    var offset: UInt32
    /// These bytes, the first one lowest.
    var word: UInt32
    /// The number of the next entry with the same hash, from 1; 0 for none.
    var next: UInt32
  }

  private static let hashBits: UInt32 = 14

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  /// The number of the first entry with each hash, from 1; 0 for none.
  private var heads = [UInt32](repeating: 0, count: 1 << Int(LiteralFinder.hashBits))

  /// A finder of texts in lower case, of two bytes or more; they are named by their indices.
  ///
  /// - Parameter frequent: texts that agents often hold, in lower case.
  init(_ texts: [[UInt8]], frequent: [[UInt8]]) {
    var load = [Int](repeating: 0, count: heads.count)
    for text in frequent where text.count >= 4 {
      for offset in 0...text.count - 4 { load[Self.hash(Self.word(text, offset, 4))] += 100 }
    }
    for text in texts {
      let width = min(text.count, 4)
      var offset = 0
      for other in 0...text.count - width
      where load[Self.hash(Self.word(text, other, width))] < load[Self.hash(Self.word(text, offset, width))] {
        offset = other
      }
      let word = Self.word(text, offset, width)
      let hash = Self.hash(word)
      load[hash] += 1
      entries.append(
        Entry(
          start: UInt32(arena.count), count: UInt32(text.count), offset: UInt32(offset), word: word, next: heads[hash]))
      heads[hash] = UInt32(entries.count)
      arena += text
    }
  }

  /// Appends the index of each text that occurs; of one that occurs twice it may do so twice.
  func scan(_ agent: Span<UInt8>, _ found: inout [Int]) {
    let heads = heads.span
    // The byte at hand and the three before it, the first one lowest.
    var word: UInt32 = 0
    for index in agent.indices {
      word = word >> 8 | UInt32(Self.lower(agent[index])) << 24
      let (two, three) = (word >> 16, word >> 8)
      compare(agent, at: index - 1, two, heads[Self.hash(two)], &found)
      compare(agent, at: index - 2, three, heads[Self.hash(three)], &found)
      compare(agent, at: index - 3, word, heads[Self.hash(word)], &found)
    }
  }

  /// Tells the texts from an entry on that are known by `word` and stand where it is at `index`.
  @inline(__always)
  private func compare(
    _ agent: Span<UInt8>, at index: Int, _ word: UInt32, _ head: UInt32, _ found: inout [Int]
  ) {
    var number = head
    while number != 0 {
      let entry = entries[Int(number) - 1]
      if entry.word == word, stands(entry, agent, at: index - Int(entry.offset)) { found.append(Int(number) - 1) }
      number = entry.next
    }
  }

  private func stands(_ entry: Entry, _ agent: Span<UInt8>, at start: Int) -> Bool {
    let count = Int(entry.count)
    guard start >= 0, start + count <= agent.count else { return false }
    for offset in 0..<count where Self.lower(agent[start + offset]) != arena[Int(entry.start) + offset] { return false }
    return true
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func word(_ text: [UInt8], _ offset: Int, _ width: Int) -> UInt32 {
    var word: UInt32 = 0
    for index in (offset..<offset + width).reversed() { word = word << 8 | UInt32(text[index]) }
    return word
  }

  @inline(__always)
  private static func hash(_ word: UInt32) -> Int {
    Int((word &* 0x9E37_79B1) >> (32 - hashBits))
  }
}

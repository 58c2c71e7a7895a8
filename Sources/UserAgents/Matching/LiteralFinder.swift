import ByteScanning

// Why it is built this way: an automaton of the texts (Aho and Corasick) took 6 MB, had to be filled at each start,
// and cost a cache miss for nearly every byte of an agent. Few sequences of four bytes identify a text, and a table
// of these fits into the processor's cache.

/// Finds all texts of a set that occur in an agent, in one pass and ignoring case.
///
/// Each text is identified by four consecutive bytes of it, or by all bytes if it has fewer: those that are rarest
/// in the other texts and in most browsers' agents. Where these bytes occur, the whole text is compared.
struct LiteralFinder: Sendable {
  private struct Entry {
    /// The offset of the text in the arena.
    var start: UInt32
    var count: UInt32
    /// The offset in the text of the bytes that identify it.
    var offset: UInt32
    /// The bytes that identify the text, the first one lowest.
    var word: UInt32
    /// The number of the next entry with the same hash, from 1; 0 for none.
    var next: UInt32
  }

  private static let hashBits: UInt32 = 14

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  /// The number of the first entry with each hash, from 1; 0 for none.
  private var heads = [UInt32](repeating: 0, count: 1 << Int(LiteralFinder.hashBits))

  /// Creates a finder of lower-case texts of two or more bytes, which are referred to by their indices.
  ///
  /// - Parameter frequent: lower-case texts that agents often contain.
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

  /// Appends the index of each text that occurs, possibly twice if it occurs twice.
  func scan(_ agent: Span<UInt8>, _ found: inout [Int]) {
    let heads = heads.span
    // The current byte and the three before it, the first one lowest.
    var word: UInt32 = 0
    for index in agent.indices {
      word = word >> 8 | UInt32(Byte.lower(agent[index])) << 24
      let (two, three) = (word >> 16, word >> 8)
      compare(agent, at: index - 1, two, heads[Self.hash(two)], &found)
      compare(agent, at: index - 2, three, heads[Self.hash(three)], &found)
      compare(agent, at: index - 3, word, heads[Self.hash(word)], &found)
    }
  }

  /// Appends the texts, from an entry on, that `word` identifies and that occur in the agent with `word` at `index`.
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
    for offset in 0..<count where Byte.lower(agent[start + offset]) != arena[Int(entry.start) + offset] { return false }
    return true
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

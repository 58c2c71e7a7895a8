import ByteScanning

/// Ranks texts by their bytes.
///
/// Eight bytes of each text are compared at once, as one number. Texts that are equal in these are distinguished by
/// their next eight. Pages share prefixes, so comparing from the first byte each time would repeat the same work.
struct TextRanks {
  private struct Entry {
    /// The current bytes, the first one most significant; zeros beyond the end.
    var word: UInt64
    /// The number of these bytes; one more than a word has if the text continues.
    var bytes: UInt32
    var symbol: UInt32

    static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
      left.word != right.word ? left.word < right.word : left.bytes < right.bytes
    }
  }

  private static let wordBytes = 8
  private var entries: [Entry]

  /// Returns the rank of each text, counted from 0.
  static func ranks(of texts: ByteStrings) -> [UInt32] {
    var order = TextRanks(count: texts.count)
    order.sort(texts)
    var ranks = [UInt32](repeating: 0, count: texts.count)
    for (rank, entry) in order.entries.enumerated() { ranks[Int(entry.symbol)] = UInt32(rank) }
    return ranks
  }

  private init(count: Int) {
    entries = (0..<UInt32(count)).map { Entry(word: 0, bytes: 0, symbol: $0) }
  }

  private mutating func sort(_ texts: ByteStrings) {
    var waiting = [(range: 0..<entries.count, offset: 0)]
    while let (range, offset) = waiting.popLast() {
      for index in range { load(index, from: offset, texts) }
      entries[range].sort(by: Entry.isBefore)
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start + 1
        while end < range.upperBound, entries[end].word == entries[start].word,
          entries[end].bytes == entries[start].bytes
        { end += 1 }
        // Texts that end within the word differ in it, or in their length.
        if end - start > 1 { waiting.append((start..<end, offset + Self.wordBytes)) }
        start = end
      }
    }
  }

  private mutating func load(_ index: Int, from offset: Int, _ texts: ByteStrings) {
    let (word, bytes) = texts.withBytes(of: entries[index].symbol) { text in
      let bytes = min(text.count - offset, Self.wordBytes + 1)
      var word: UInt64 = 0
      for place in offset..<offset + min(bytes, Self.wordBytes) { word = word << 8 | UInt64(text[place]) }
      return (word << UInt64(8 * max(0, Self.wordBytes - bytes)), UInt32(bytes))
    }
    entries[index].word = word
    entries[index].bytes = bytes
  }
}

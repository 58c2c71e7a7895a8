import ByteScanning

/// Finds all occurring texts of a set in one pass (Aho and Corasick, 1975), upper and lower case alike.
///
/// States are rows of one flat table; bytes that no text holds share one column. The high bit of an entry tells that texts
/// end in the state it leads to.
struct LiteralAutomaton: Sendable {
  private var columns = [UInt8](repeating: 0, count: 256)
  private var width = 1
  private var next: [UInt32] = []
  private var endStarts: [UInt32] = []
  private var ends: [UInt32] = []

  private static let endBit: UInt32 = 0x8000_0000

  /// An automaton of texts in lower case; they are named by their indices.
  init(_ texts: [[UInt8]]) {
    setColumns(texts)
    var trie = Trie(width: width)
    for (index, text) in texts.enumerated() {
      trie.insert(text.map { Int(columns[Int($0)]) }, UInt32(index))
    }
    trie.link()
    let states = trie.ends.count
    for state in 0..<states {
      endStarts.append(UInt32(ends.count))
      ends += trie.ends[state]
    }
    endStarts.append(UInt32(ends.count))
    next = trie.next.map { target in
      UInt32(target * width) | (trie.ends[target].isEmpty ? 0 : Self.endBit)
    }
  }

  /// Calls `found` with the index of each text that ends at each byte; a text that occurs twice is told twice.
  func scan(_ bytes: Span<UInt8>, _ found: (Int) -> Void) {
    var row: UInt32 = 0
    for position in bytes.indices {
      let entry = next[Int(row) + Int(columns[Int(bytes[position])])]
      row = entry & ~Self.endBit
      guard entry & Self.endBit != 0 else { continue }
      let state = Int(row) / width
      for index in Int(endStarts[state])..<Int(endStarts[state + 1]) { found(Int(ends[index])) }
    }
  }

  private mutating func setColumns(_ texts: [[UInt8]]) {
    for text in texts {
      for byte in text where columns[Int(byte)] == 0 {
        columns[Int(byte)] = UInt8(width)
        width += 1
      }
    }
    for byte in 0x41...0x5A { columns[byte] = columns[byte | 0x20] }
  }
}

/// The automaton while it is being built.
private struct Trie {
  let width: Int
  var next: [Int] = []
  var ends: [[UInt32]] = []

  init(width: Int) {
    self.width = width
    _ = addState()
  }

  private mutating func addState() -> Int {
    next.append(contentsOf: repeatElement(-1, count: width))
    ends.append([])
    return ends.count - 1
  }

  mutating func insert(_ columns: [Int], _ index: UInt32) {
    var state = 0
    for column in columns {
      if next[state * width + column] < 0 {
        let added = addState()
        next[state * width + column] = added
      }
      state = next[state * width + column]
    }
    ends[state].append(index)
  }

  /// Turns missing edges into those of the longest suffix that is a state, level by level.
  mutating func link() {
    var suffix = [Int](repeating: 0, count: ends.count)
    var queue: [Int] = []
    for column in 0..<width {
      if next[column] < 0 { next[column] = 0 } else { queue.append(next[column]) }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      ends[state] += ends[suffix[state]]
      for column in 0..<width {
        let target = next[state * width + column]
        let fallback = next[suffix[state] * width + column]
        if target < 0 {
          next[state * width + column] = fallback
        } else {
          suffix[target] = fallback
          queue.append(target)
        }
      }
    }
  }
}

import ByteScanning
import Hits

// Why it is built this way: many agents, addresses and referrers map to the same few texts. So the texts have
// numbers of their own, and only a number is stored for each agent or address. The tables stay small and in the
// processor's cache.

/// Texts that outlive a batch, with their symbols in the current batch.
struct BatchTexts {
  private var texts = SymbolTable()
  private var symbols: [(batch: UInt32, symbol: UInt32)] = []
  private var text: [UInt8] = []
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether the texts have reached their limit.
  var isFull: Bool { symbols.count >= limit }

  /// Removes all texts and keeps the memory.
  mutating func removeAll() {
    texts.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
  }

  /// Returns the number of the text that consists of these parts, joined like those of ``HitBatch``.
  mutating func number(of parts: [String]) -> UInt32 {
    text.removeAll(keepingCapacity: true)
    for (index, part) in parts.enumerated() {
      if index > 0 { text.append(HitBatch.separator) }
      for byte in part.utf8 where byte >= 0x20 && byte != 0x7F { text.append(byte) }
    }
    let text = self.text
    return number(of: text.span)
  }

  /// Returns the number of a text.
  mutating func number(of text: Span<UInt8>) -> UInt32 {
    let number = texts.intern(text, 0..<text.count)
    if number == symbols.count { symbols.append((batch: 0, symbol: 0)) }
    return number
  }

  /// Returns the parts of the text with this number.
  func parts(of number: UInt32) -> [String] {
    HitBatch.parts(of: texts.string(of: number))
  }

  /// Returns the symbol of a text in a table of the batch with this number. Batch numbers start at 1.
  mutating func symbol(of number: UInt32, in table: inout SymbolTable, batch: UInt32) -> UInt32 {
    let index = Int(number)
    if symbols[index].batch == batch { return symbols[index].symbol }
    let symbol = texts.withBytes(of: number) { table.intern($0, 0..<$0.count) }
    symbols[index] = (batch: batch, symbol: symbol)
    return symbol
  }
}

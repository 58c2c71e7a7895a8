import ByteScanning
import Hits

/// A text that outlives a batch, with its symbol in the batch at hand.
struct BatchText {
  private let text: [UInt8]
  private var batch: UInt32 = 0
  private var known: UInt32 = 0

  /// The text of these parts, joined as ``HitBatch`` joins them.
  init(_ parts: [String]) {
    var text: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { text.append(HitBatch.separator) }
      for byte in part.utf8 where byte >= 0x20 && byte != 0x7F { text.append(byte) }
    }
    self.text = text
  }

  /// The symbol of the text in a table of the batch with this number; numbers start at 1.
  mutating func symbol(in table: inout SymbolTable, batch: UInt32) -> UInt32 {
    if self.batch != batch {
      known = table.intern(text.span, 0..<text.count)
      self.batch = batch
    }
    return known
  }
}

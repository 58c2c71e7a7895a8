import ByteScanning

/// The dictionary's symbols for the symbols of one table of a batch. Texts are noted first and then found together, which
/// is faster than one after the other.
struct NotedSymbols {
  /// The dictionary's symbols plus 1, by the symbol of the batch; 0 if there is none yet.
  private var numbers: [UInt32]

  init(of table: borrowing SymbolTable) {
    numbers = [UInt32](repeating: 0, count: table.count)
  }

  /// The dictionary's symbol for a symbol that was noted.
  subscript(symbol: UInt32) -> UInt32 { numbers[Int(symbol)] - 1 }

  func isNoted(_ symbol: UInt32) -> Bool { numbers[Int(symbol)] > 0 }

  mutating func note(
    _ symbol: UInt32, of table: borrowing SymbolTable, _ dictionary: inout TextDictionary, _ stored: StoredTexts
  ) throws {
    numbers[Int(symbol)] = try table.withBytes(of: symbol) { try dictionary.note($0, in: stored) } + 1
  }
}

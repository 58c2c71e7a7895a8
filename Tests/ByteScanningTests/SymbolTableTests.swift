import ByteScanning
import TestSupport
import Testing

@Suite struct SymbolTableTests {
  @Test func givesNumbersInOrderOfFirstAppearanceAsItGrows() {
    var generator = SeededGenerator(seed: 5)
    var table = SymbolTable()
    var expected: [[UInt8]: UInt32] = [:]
    for _ in 0..<20_000 {
      // About six thousand distinct texts, many of them prefixes of others.
      let length = Int.random(in: 0...20, using: &generator)
      let letter = UInt8.random(in: 0x61...0x7A, using: &generator)
      var text = [UInt8](repeating: letter, count: length)
      if length > 0 { text[length - 1] = UInt8.random(in: 0x61...0x6D, using: &generator) }
      let symbol = table.intern(text.span, 0..<text.count)
      #expect(symbol == expected[text] ?? UInt32(expected.count))
      expected[text] = symbol
    }
    #expect(table.count == expected.count)
    for (text, symbol) in expected {
      let kept = table.withBytes(of: symbol) { bytes in bytes.indices.map { bytes[$0] } }
      #expect(kept == text)
    }
  }

  @Test func takesARangeOfWhatItIsGiven() {
    var table = SymbolTable()
    let bytes = Array("/about?x /about".utf8)
    let symbols = [0..<6, 9..<15, 3..<3].map { table.intern(bytes.span, $0) }
    #expect(symbols == [0, 0, 1])
    #expect(table.intern("/about") == 0)
    #expect(table.string(of: 0) == "/about")
    #expect(table.string(of: 1) == "")
  }

  @Test(arguments: [false, true]) func forgetsAll(_ keepingCapacity: Bool) {
    var table = SymbolTable()
    for number in 0..<1_000 { _ = table.intern(String(number)) }
    table.removeAll(keepingCapacity: keepingCapacity)
    #expect(table.count == 0)
    #expect(table.intern("999") == 0)
    #expect(table.intern("0") == 1)
    #expect(table.string(of: 1) == "0")
  }

  @Test func showsWhatIsNoUTF8AsReplaced() {
    var table = SymbolTable()
    let bytes: [UInt8] = [0x61, 0xFF]
    let symbol = table.intern(bytes.span, 0..<2)
    #expect(table.string(of: symbol) == "a\u{FFFD}")
  }
}

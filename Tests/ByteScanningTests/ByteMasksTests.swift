import ByteScanning
import TestSupport
import Testing

@Suite struct ByteMasksTests {
  @Test(arguments: 0..<50)
  func masksAreThoseOfALoop(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 0...100, using: &generator)
    // Bytes beside the borders of classes are likelier.
    let borders: [UInt8] = [
      0x2C, 0x2D, 0x2F, 0x30, 0x39, 0x3A, 0x40, 0x41, 0x5A, 0x5B, 0x60, 0x61, 0x7A, 0x7B, 0xB0, 0xE1,
    ]
    let bytes = (0..<count).map { _ in
      Bool.random(using: &generator)
        ? borders.randomElement(using: &generator) ?? 0 : .random(in: 0...255, using: &generator)
    }
    for _ in 0..<20 {
      let start = Int.random(in: 0...count, using: &generator)
      let end = Int.random(in: start...min(count, start + ByteMasks.longest), using: &generator)
      let masks = ByteMasks(bytes.span, from: start, to: end)
      #expect(masks.digits == mask(bytes[start..<end], Byte.isDigit))
      #expect(masks.capitals == mask(bytes[start..<end]) { 0x41...0x5A ~= $0 })
      #expect(masks.smalls == mask(bytes[start..<end]) { 0x61...0x7A ~= $0 })
      let marks = mask(bytes[start..<end]) { $0 < 0x2D || 0x3A...0x40 ~= $0 }
      #expect(masks.hasMarks || marks == 0)
      for byte in [0x2F, 0x25, 0x40, 0xE1] as [UInt8] {
        let places = ByteMasks.places(of: byte, in: bytes.span, from: start, to: end)
        #expect(places == mask(bytes[start..<end]) { $0 == byte })
      }
    }
  }

  private func mask(_ bytes: ArraySlice<UInt8>, _ isWanted: (UInt8) -> Bool) -> UInt64 {
    bytes.enumerated().reduce(0) { isWanted($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
  }
}

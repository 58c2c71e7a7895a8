import ByteScanning
import TestSupport
import Testing

@Suite struct HexDigitsTests {
  @Test(
    arguments: [
      ([], ""), ([0], "00"), ([15, 16, 255], "0f10ff"), ([0xDE, 0xAD, 0xBE, 0xEF], "deadbeef"),
    ] as [([UInt8], String)])
  func eachByteHasTwoDigits(_ bytes: [UInt8], _ text: String) {
    #expect(HexDigits.text(bytes) == text)
    #expect(HexDigits.bytes(text) == bytes)
    #expect(HexDigits.bytes(text.uppercased()) == bytes)
  }

  @Test(arguments: ["0", "abc", "0g", "0x00", " 00", "00 ", "é0", "０0"]) func otherTextsAreNoBytes(_ text: String) {
    #expect(HexDigits.bytes(text) == nil)
  }

  @Test func numbersHave16Digits() {
    var chance = SeededGenerator(seed: 1)
    for number in [0, 1, .max, 1 << 63] + (0..<100).map({ _ in chance.next() }) {
      #expect(UInt64(HexDigits.text(number), radix: 16) == number)
      #expect(HexDigits.text(number).utf8.count == 16)
      var bytes = Array("x".utf8)
      HexDigits.append(number, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == "x" + HexDigits.text(number))
    }
  }

  @Test func readsAndWritesEveryDigit() {
    for byte in UInt8.min...UInt8.max {
      let scalar = Character(Unicode.Scalar(byte))
      #expect(HexDigits.value(byte) == (scalar.isASCII ? scalar.hexDigitValue.map(UInt8.init) : nil))
    }
    for value in UInt8(0)..<16 {
      #expect(HexDigits.upper(value) == Array(String(value, radix: 16, uppercase: true).utf8)[0])
    }
  }
}

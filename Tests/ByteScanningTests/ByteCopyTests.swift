import ByteScanning
import Testing

@Suite struct ByteCopyTests {
  private let text = Array("0123456789".utf8)

  @Test func appendsWhatLiesInTheRange() {
    for range in [0..<0, 3..<3, 0..<1, 2..<9, 0..<10, 10..<10] {
      var out = Array("ab".utf8)
      ByteCopy.append(text.span, range, to: &out)
      #expect(out == Array("ab".utf8) + text[range])
    }
  }

  @Test func copiesOverWhatIsThere() {
    for (range, start) in [(0..<0, 0), (0..<0, 4), (2..<5, 0), (2..<5, 1), (9..<10, 3), (0..<4, 0)] {
      var out = Array("abcd".utf8)
      var expected = out
      expected.replaceSubrange(start..<start + range.count, with: text[range])
      ByteCopy.copy(text.span, range, to: &out, at: start)
      #expect(out == expected)
    }
  }
}

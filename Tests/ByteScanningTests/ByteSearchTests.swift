import ByteScanning
import TestSupport
import Testing

@Suite struct ByteSearchTests {
  /// Bytes that fool a search by words: neighbours of the wanted byte, with and without the high bit.
  private static let tricky: [UInt8] = [0x00, 0x01, 0x0A, 0x0B, 0x09, 0x7F, 0x80, 0x81, 0x8A, 0x8B, 0xFE, 0xFF]

  private func areEqual(_ left: [UInt8], _ leftStart: Int, _ right: [UInt8], _ rightStart: Int, _ count: Int) -> Bool {
    ByteSearch.areEqual(left.span, from: leftStart, right.span, from: rightStart, count: count)
  }

  private func firstIndex(of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int {
    ByteSearch.firstIndex(of: byte, in: bytes.span, from: range.lowerBound, to: range.upperBound)
  }

  private func randomBytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in Self.tricky[Int.random(in: 0..<Self.tricky.count, using: &generator)] }
  }

  @Test func findsTheFirstByteAtEveryAlignment() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<40 {
      let bytes = randomBytes(40, &generator)
      for start in 0...20 {
        for end in start...bytes.count {
          let wanted = Self.tricky[(start + end) % Self.tricky.count]
          let naive = (start..<end).first { bytes[$0] == wanted } ?? end
          #expect(firstIndex(of: wanted, in: bytes, start..<end) == naive)
          let other = Self.tricky[(start * 5 + end) % Self.tricky.count]
          let naiveOfTwo = (start..<end).first { bytes[$0] == wanted || bytes[$0] == other } ?? end
          #expect(ByteSearch.firstIndex(of: wanted, or: other, in: bytes.span, from: start, to: end) == naiveOfTwo)
        }
      }
    }
  }

  @Test func findsWhatEndsPlainTextOfJSON() {
    var generator = SeededGenerator(seed: 3)
    // Neighbours of a quote, a backslash and the control characters, most of them plain.
    let plain: [UInt8] = [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA0, 0xA2, 0xDC, 0xFF]
    let marks: [UInt8] = [0x00, 0x01, 0x1F, 0x22, 0x5C]
    for _ in 0..<40 {
      let bytes = (0..<40).map { _ in
        (Int.random(in: 0..<12, using: &generator) == 0 ? marks : plain).randomElement(using: &generator) ?? 0
      }
      for start in 0...20 {
        for end in start...bytes.count {
          let naive = (start..<end).first { marks.contains(bytes[$0]) } ?? end
          #expect(ByteSearch.firstIndexOfJSONMark(in: bytes.span, from: start, to: end) == naive)
        }
      }
    }
  }

  @Test(arguments: [17, 100]) func findsEveryByteInEveryPlace(_ count: Int) {
    for byte in UInt8.min...UInt8.max {
      // The byte just below borrows from the wanted one.
      let below = byte &+ 1
      for place in 0..<count {
        var bytes = [UInt8](repeating: below, count: count)
        bytes[place] = byte
        #expect(firstIndex(of: byte, in: bytes, 0..<count) == place)
        #expect(firstIndex(of: byte, in: bytes, place..<count) == place)
        // Bytes after the end do not count, even if the search looks at them.
        #expect(firstIndex(of: byte, in: bytes, 0..<place) == place)
        let either = ByteSearch.firstIndex(of: byte &+ 2, or: byte, in: bytes.span, from: 0, to: count)
        #expect(either == place)
      }
    }
  }

  @Test func comparesRangesOfEveryLengthAndPlace() {
    var generator = SeededGenerator(seed: 3)
    let left = randomBytes(48, &generator)
    for count in 0...24 {
      for leftStart in 0..<9 {
        for rightStart in 0..<9 {
          var right = randomBytes(rightStart, &generator) + left[leftStart..<leftStart + count] + [7]
          #expect(areEqual(left, leftStart, right, rightStart, count))
          guard count > 0 else { continue }
          right[rightStart + Int.random(in: 0..<count, using: &generator)] ^= 0x40
          #expect(!areEqual(left, leftStart, right, rightStart, count))
        }
      }
    }
  }

  @Test(arguments: [
    ("abc", 0, 3, true), ("abc", 0, 2, false), ("bc", 1, 3, true), ("bc", 0, 3, false), ("", 3, 3, true),
    ("cd", 2, 4, true), ("de", 3, 4, false),
  ])
  func matchesTextsWithinBounds(_ text: String, _ start: Int, _ end: Int, _ isThere: Bool) {
    let bytes = Array("abcd".utf8)
    let matches = ByteSearch.matches(Array(text.utf8), in: bytes.span, at: start, before: end)
    #expect(matches == isThere)
  }
}

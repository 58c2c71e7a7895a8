import ByteScanning

/// Numbers that may be written in groups: those of telephones and cards.
struct Digits {
  /// The digits, each as its value.
  private(set) var values: [UInt8] = []
  /// The number of digits in each group.
  private(set) var groups: [Int] = []
  /// Where each group ends.
  private(set) var ends: [Int] = []

  /// Reads the groups from `start` on that are separated by at most `marks` bytes of `isMark`, up to `most` digits.
  init(_ passage: Passage, from start: Int, marks: Int, most: Int = 24, _ isMark: (Int) -> Bool) {
    var index = start
    while Byte.isDigit(passage[index]), values.count < most {
      let first = index
      while Byte.isDigit(passage[index]), values.count < most {
        values.append(passage[index] - 0x30)
        index += 1
      }
      groups.append(index - first)
      ends.append(index)
      let end = index
      while index - end < marks, isMark(index) { index += 1 }
    }
  }

  /// Whether the check digit of a GTIN is right (GS1 General Specifications, section 7.9.1): the digits from the
  /// right count once and three times in turn. ISBN-13 and EAN are GTINs.
  static func isGTIN(_ values: ArraySlice<UInt8>) -> Bool {
    var sum = 0
    for (place, value) in values.reversed().enumerated() { sum += Int(value) * (place % 2 == 0 ? 1 : 3) }
    return sum % 10 == 0
  }

  /// Whether the check digit of ISO/IEC 7812-1, annex B, is right ("Luhn"): from the right, every second digit is
  /// doubled, and its digits are added.
  static func isLuhn(_ values: ArraySlice<UInt8>) -> Bool {
    var sum = 0
    for (place, value) in values.reversed().enumerated() {
      let part = Int(value) * (place % 2 == 0 ? 1 : 2)
      sum += part > 9 ? part - 9 : part
    }
    return sum % 10 == 0
  }
}

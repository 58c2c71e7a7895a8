import ByteScanning

/// Finds numbers, for the strict level: those that stand alone, with what joins their parts (`2024-10-10`, `1.2.3`),
/// and any five digits in a row, except in the paths of assets.
enum NumberRule {
  static func find(in passage: inout Passage) {
    let isAsset = FileNames.isAsset(passage)
    var index = 0
    while index < passage.count {
      guard Byte.isDigit(passage[index]) else {
        index += 1
        continue
      }
      let digits = Digits(passage, from: index, marks: 1, most: .max) { isJoint(passage, $0) }
      if !passage.isWord(index - 1), let end = digits.ends.last(where: { isEnd(passage, $0) }) {
        passage.find(.id, index..<(passage.matches("z", at: end) ? end + 1 : end))
        index = end
        continue
      }
      // A number that is part of a word, such as `v1.2.3`.
      for (size, end) in zip(digits.groups, digits.ends) where size >= 5 && !isAsset {
        passage.find(.id, end - size..<end)
      }
      index = digits.ends.last ?? index
    }
  }

  /// Whether a byte joins parts of a number. `T` joins a date and a time (RFC 3339, section 5.6).
  private static func isJoint(_ passage: Passage, _ index: Int) -> Bool {
    joints.contains(passage[index]) || (passage[index] == 0x54 && Byte.isDigit(passage[index + 1]))
  }

  /// Whether a number may end here: at no letter, unless it is the `Z` of a time.
  private static func isEnd(_ passage: Passage, _ index: Int) -> Bool {
    !passage.isWord(index) || (passage[index] == 0x5A && !passage.isWord(index + 1))
  }

  private static let joints = [Byte.hyphen, Byte.dot, Byte.comma, Byte.colon, Byte.underscore]
}

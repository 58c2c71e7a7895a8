import ByteScanning

/// Finds IPv4 addresses: four numbers up to 255, joined by dots (RFC 791 in the form of RFC 3986, section 3.2.2).
///
/// Versions have this form, too. So an address stands alone in its segment, parameter or word, or before the extension
/// of a page: `tool-1.2.3.4.tar.gz`, `tool@1.2.3.4` and `v1.2.3.4` stay. Beside such a mark, or below `/version/`, it is
/// one if two of its numbers have three digits, as of four addresses in five, but hardly of a version. What ends as
/// `.0.0` is the version of a browser, or a network.
enum IPv4Rule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      guard Byte.isDigit(passage[index]), let end = endOfQuad(passage, from: index) else {
        index += 1
        continue
      }
      if isAddress(passage, index..<end) { passage.find(.ip, index..<end) }
      index = end
    }
  }

  /// Returns where four numbers that begin at `start` end; nil if there are none, or more.
  static func endOfQuad(_ passage: Passage, from start: Int) -> Int? {
    var index = start
    for number in 0..<4 {
      let first = index
      var value = 0
      while Byte.isDigit(passage[index]), index - first < 4 {
        value = value * 10 + Int(passage[index] - 0x30)
        index += 1
      }
      guard 1...3 ~= index - first, value <= 255, index - first == 1 || passage[first] != 0x30 else { return nil }
      guard number < 3 else { break }
      guard passage[index] == Byte.dot else { return nil }
      index += 1
    }
    return passage[index] == Byte.dot && Byte.isDigit(passage[index + 1]) ? nil : index
  }

  private static func isAddress(_ passage: Passage, _ range: Range<Int>) -> Bool {
    let (start, end) = (range.lowerBound, range.upperBound)
    guard !passage.isWord(start - 1), passage[start - 1] != Byte.dot, !passage.isWord(end) else { return false }
    guard !passage.matches(".0.0", at: end - 4) else { return false }
    let isAlone = !joints.contains(passage[start - 1]) && isEnd(passage, end)
    return isAlone && !isBelowVersions(passage, start) || hasLongNumbers(passage, range)
  }

  private static let joints = [Byte.hyphen, Byte.underscore, Byte.at]

  private static func isEnd(_ passage: Passage, _ end: Int) -> Bool {
    switch passage[end] {
    case Byte.hyphen, Byte.underscore, Byte.tilde: return false
    case Byte.plus: return passage.isSpace(end)
    case Byte.dot:
      var last = end + 1
      while passage.isWord(last) { last += 1 }
      return last == end + 1 || FileNames.isPage(passage, end + 1..<last)
    default: return true
    }
  }

  private static func isBelowVersions(_ passage: Passage, _ start: Int) -> Bool {
    guard passage.isSlash(start - 1) else { return false }
    return versionNames.contains(passage.word(passage.segment(endingAt: start - 1)))
  }

  private static let versionNames: Set<String> = [
    "changelog", "download", "downloads", "release", "releases", "tag", "tags", "ver", "version", "versions",
  ]

  /// Whether two of the numbers have three digits.
  private static func hasLongNumbers(_ passage: Passage, _ range: Range<Int>) -> Bool {
    var (long, digits) = (0, 0)
    for index in range.lowerBound...range.upperBound {
      if index < range.upperBound, passage[index] != Byte.dot {
        digits += 1
      } else {
        long += digits == 3 ? 1 : 0
        digits = 0
      }
    }
    return long >= 2
  }
}

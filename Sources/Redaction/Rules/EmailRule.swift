import ByteScanning

/// Finds e-mail addresses.
///
/// A local part is a dot-string of RFC 5321, section 4.1.2, or letters of any script (RFC 6531), without the marks that
/// separate parts of URLs. A domain has at least two labels, and its last one is a top-level domain: letters, or `xn--`
/// (RFC 3696, section 2). So scoped packages (`@babel/core`), versions (`vue@3.2.1-beta.x`), sizes of images
/// (`logo@2x.png`) and coordinates (`@52.52,13.40`) are none.
enum EmailRule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      defer { index += 1 }
      guard passage[index] == Byte.at else { continue }
      let start = startOfLocalPart(passage, before: index)
      guard start < index, var end = endOfDomain(passage, from: index + 1) else { continue }
      while passage[end] == Byte.at, let next = endOfDomain(passage, from: end + 1) { end = next }
      passage.find(.email, start..<end)
    }
  }

  private static func startOfLocalPart(_ passage: Passage, before at: Int) -> Int {
    // A quoted local part, `"anna b"@example.com`.
    if passage[at - 1] == Byte.quote, let opening = quote(passage, before: at - 1) { return opening }
    var start = at
    while isLocal(passage, start - 1) { start -= 1 }
    // Marks in front of an address are the text's, not the address's.
    while start < at, !passage.isWord(start), passage[start] != Byte.underscore { start += 1 }
    return start
  }

  private static func quote(_ passage: Passage, before end: Int) -> Int? {
    var index = end - 1
    while index >= 0, end - index < 64, passage[index] >= 0x20 {
      if passage[index] == Byte.quote { return index }
      index -= 1
    }
    return nil
  }

  private static func isLocal(_ passage: Passage, _ index: Int) -> Bool {
    let byte = passage[index]
    if Byte.isLetterOrDigit(byte) || byte >= 0x80 || marks.contains(byte) { return true }
    // Mailing lists write the address of the reader into that of the sender: `bounce+anna=example.com@example.org`.
    guard byte == Byte.equals else { return false }
    if passage.isPath, passage.isEscaped(index) { return true }
    var before = index - 1
    while Byte.isLetterOrDigit(passage[before]) || passage[before] >= 0x80 || marks.contains(passage[before]) {
      if passage[before] == Byte.plus { return true }
      before -= 1
    }
    return false
  }

  private static let marks = Array("!$%'*+-._^~".utf8)

  /// Returns where the domain that begins at `start` ends; nil if it is none.
  private static func endOfDomain(_ passage: Passage, from start: Int) -> Int? {
    var end = start
    while isDomain(passage[end]) { end += 1 }
    if isVersion(passage, start..<end) { return nil }
    while end > start {
      var label = end
      while label > start, passage[label - 1] != Byte.dot { label -= 1 }
      guard label > start else { return nil }
      if let top = endOfTopLevel(passage, label..<end), passage[label - 2] != Byte.hyphen { return top }
      // `anna@example.com.html`, `anna@example.com.`
      end = label - 1
    }
    return nil
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    Byte.isLetterOrDigit(byte) || byte == Byte.hyphen || byte == Byte.dot || byte >= 0x80
  }

  /// Whether it begins as `1.2` or `v1.2`. Hosts that begin with a number (`163.com`) go on with letters.
  private static func isVersion(_ passage: Passage, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    if Byte.lower(passage[index]) == 0x76 { index += 1 }
    let digits = index
    while Byte.isDigit(passage[index]) { index += 1 }
    return index > digits && passage[index] == Byte.dot && Byte.isDigit(passage[index + 1])
  }

  /// Returns where a top-level domain at the start of a label ends; nil if there is none.
  private static func endOfTopLevel(_ passage: Passage, _ label: Range<Int>) -> Int? {
    if passage.matches("xn--", at: label.lowerBound) { return label.upperBound }
    var end = label.lowerBound
    while end < label.upperBound, Byte.isLetter(passage[end]) || passage[end] >= 0x80 { end += 1 }
    // Of an address that was cut off, one letter may be left: `anna@example.c`.
    let isCut = end == label.upperBound && end == passage.query && !Byte.isDigit(passage[label.lowerBound - 2])
    guard end - label.lowerBound >= (isCut ? 1 : 2), end == label.upperBound || passage[end] == Byte.hyphen else {
      return nil
    }
    return FileNames.isExtension(passage, label.lowerBound..<end) ? nil : end
  }
}

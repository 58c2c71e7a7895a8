/// Text from logs made safe for a terminal: nothing in it can move the cursor, change the writing direction or change
/// colours, and it takes exactly the columns that it is given.
public enum TerminalText {
  /// The maximum number of marks on a letter; languages stack at most about five.
  private static let mostMarks = 8

  /// Returns the text with every control, format and unassigned character replaced by U+FFFD. Marks after the eighth on
  /// one letter are replaced, too, because they would be drawn over other lines.
  ///
  /// Format characters include the marks that change the writing direction (Unicode TR 36, section 3). The joiners,
  /// which Persian and emoji need, stay.
  public static func printable(_ text: String) -> String {
    printable(text, keeping: [])
  }

  /// Returns lines of text, each made ``printable(_:)``; line ends and tabs stay.
  public static func lines(_ text: String) -> String {
    printable(text, keeping: ["\n", "\t"])
  }

  private static func printable(_ text: String, keeping kept: Set<Unicode.Scalar>) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var scalars = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      marks = isMark(scalar) ? marks + 1 : 0
      scalars.append(marks <= mostMarks && isPrintable(scalar) || kept.contains(scalar) ? scalar : "\u{FFFD}")
    }
    return String(scalars)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Returns a path as people write it: percent-encoded letters beyond ASCII are decoded if they are valid UTF-8 and
  /// printable.
  public static func readable(path: String) -> String {
    guard path.contains("%") else { return path }
    var out: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.first {
      let run = escapedRun(rest)
      if !run.isEmpty, let text = String(validating: run, as: UTF8.self), text.unicodeScalars.allSatisfy(isPrintable) {
        out += run
        rest = rest.dropFirst(run.count * 3)
      } else {
        let count = max(1, run.count * 3)
        out += run.isEmpty ? [byte] : Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Returns the number of columns that a text takes on a terminal.
  public static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + width($1) }
  }

  /// Returns the text in exactly this many columns: padded at its end, or without its middle.
  public static func fitted(_ text: String, columns: Int) -> String {
    let own = width(text)
    if own <= columns { return text + String(repeating: " ", count: columns - own) }
    let tail = suffix(text, columns: (columns - 1) / 3)
    let head = prefix(text, columns: columns - 1 - width(tail))
    let short = head + "…" + tail
    return short + String(repeating: " ", count: max(0, columns - width(short)))
  }

  private static func prefix(_ text: String, columns: Int) -> String {
    var out = ""
    var left = columns
    for character in text {
      left -= width(character)
      guard left >= 0 else { break }
      out.append(character)
    }
    return out
  }

  private static func suffix(_ text: String, columns: Int) -> String {
    String(prefix(String(text.reversed()), columns: columns).reversed())
  }

  /// Returns 2 for wide characters, and 0 for marks that combine with the character before (Unicode TR 11).
  private static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if isWide(first) || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    return scalar.properties.isEmojiPresentation || wideRanges.contains { $0.contains(scalar.value) }
  }

  /// The blocks of East Asian width W and F, without emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]

  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return true }
    if scalar == "\u{200C}" || scalar == "\u{200D}" { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  /// Decodes the percent-encoded bytes beyond ASCII at the start of a text, up to anything else.
  private static func escapedRun(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = text.startIndex
    while index + 2 < text.endIndex, text[index] == UInt8(ascii: "%") {
      let digits = String(decoding: text[index + 1...index + 2], as: UTF8.self)
      guard let byte = UInt8(digits, radix: 16), byte >= 0x80 else { break }
      bytes.append(byte)
      index += 3
    }
    return bytes
  }
}

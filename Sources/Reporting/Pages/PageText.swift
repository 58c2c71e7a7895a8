/// Values of logs as pages show them: short enough for any page, isolated so that right-to-left text turns nothing else.
enum PageText {
  /// The most scalars of a value that a page shows; the rest of its middle is left out.
  ///
  /// Scalars and not characters, because a character may have any number of marks.
  static let longest = 160

  /// The value in an element that isolates its direction of writing.
  static func value(_ text: String) -> HTML {
    .element("bdi") { shortened(text) }
  }

  /// The text, its middle left out where it is too long.
  static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > longest else { return text }
    let head = longest * 2 / 3
    let start = String(String.UnicodeScalarView(scalars.prefix(head)))
    return start + "…" + String(String.UnicodeScalarView(scalars.suffix(longest - head - 1)))
  }
}

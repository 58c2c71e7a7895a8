/// Values from logs as pages show them: shortened, and isolated so that right-to-left text does not affect its
/// surroundings.
enum PageText {
  /// The maximum number of scalars of a value on a page; a longer value loses its middle.
  ///
  /// Scalars, not characters, because a character may have any number of marks.
  static let longest = 160

  /// Returns the value in an element that isolates its writing direction.
  static func value(_ text: String) -> HTML {
    .element("bdi") { shortened(text) }
  }

  /// Returns the text, without its middle if it is too long.
  static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > longest else { return text }
    let head = longest * 2 / 3
    let start = String(String.UnicodeScalarView(scalars.prefix(head)))
    return start + "…" + String(String.UnicodeScalarView(scalars.suffix(longest - head - 1)))
  }
}

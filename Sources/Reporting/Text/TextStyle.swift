/// The colours and weights of text on a terminal, or none at all.
struct TextStyle {
  let isColoured: Bool

  func title(_ text: String) -> String { wrapped(text, "1;36") }
  func strong(_ text: String) -> String { wrapped(text, "1") }
  func faint(_ text: String) -> String { wrapped(text, "2") }
  func bar(_ text: String) -> String { wrapped(text, "36") }

  /// Wraps a text in Select Graphic Rendition sequences (ECMA-48).
  private func wrapped(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// The bar behind a value in a table. It is drawn as SVG, because the content security policy forbids inline styles.
enum Bar {
  /// Returns a bar over this share of the cell, 0–1.
  static func html(share: Double) -> HTML {
    .element("svg", [.class("bar"), HTMLAttribute("aria-hidden", "true")]) {
      HTML.element(
        "rect", [HTMLAttribute("width", SVGNumber.text(share * 100) + "%"), HTMLAttribute("height", "100%")])
    }
  }
}

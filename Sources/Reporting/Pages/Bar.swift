/// The bar behind a value in a table. It is drawn as SVG, because the content security policy forbids inline styles.
enum Bar {
  /// Returns a bar over this share of the cell, 0–1: from its start, or around its middle.
  static func html(share: Double, isCentred: Bool = false) -> HTML {
    .element("svg", [.class("bar"), HTMLAttribute("aria-hidden", "true")]) {
      HTML.element(
        "rect",
        [HTMLAttribute("width", SVGNumber.text(share * 100) + "%"), HTMLAttribute("height", "100%")]
          + (isCentred ? [HTMLAttribute("x", SVGNumber.text((1 - share) * 50) + "%")] : []))
    }
  }
}

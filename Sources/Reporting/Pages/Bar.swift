/// The bar behind a value in a table. Drawn and not styled: the policy of pages allows no style of single elements.
enum Bar {
  /// A bar over that share of the cell, 0–1.
  static func html(share: Double) -> HTML {
    .element("svg", [.class("bar"), HTMLAttribute("aria-hidden", "true")]) {
      HTML.element(
        "rect", [HTMLAttribute("width", SVGNumber.text(share * 100) + "%"), HTMLAttribute("height", "100%")])
    }
  }
}

/// The heads of columns.
enum TableHead {
  /// Returns the head of a column of some kind, such as `number`.
  static func cell(_ title: String, _ kind: String? = nil) -> HTML {
    .element("th", [HTMLAttribute("scope", "col")] + (kind.map { [.class($0)] } ?? [])) { title }
  }
}

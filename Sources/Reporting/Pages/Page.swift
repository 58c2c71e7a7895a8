/// The frame of every page: head, content security policy, style and script.
enum Page {
  /// A mark of three bars, embedded in the page.
  private static let icon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%234f46e5' "
    + "d='M1 9h4v6H1zM6 5h4v10H6zM11 1h4v14h-4z'/%3E%3C/svg%3E"

  /// Returns a whole document.
  ///
  /// - Parameter policy: the content security policy of the page.
  static func document(title: String, policy: String = PageAsset.policy, @HTMLBuilder body: () -> HTML) -> HTML {
    .document(
      .element("html", [HTMLAttribute("lang", "en")]) {
        HTML.element("head") {
          HTML.void("meta", [HTMLAttribute("charset", "utf-8")])
          meta("Content-Security-Policy", policy)
          named("viewport", "width=device-width, initial-scale=1")
          named("referrer", "no-referrer")
          named("robots", "noindex")
          named("color-scheme", "light dark")
          HTML.void("link", [HTMLAttribute("rel", "icon"), HTMLAttribute("href", icon)])
          HTML.element("title") { title }
          HTML(PageAsset.style)
        }
        HTML.element("body") {
          body()
          HTML(PageAsset.script)
        }
      })
  }

  private static func meta(_ name: String, _ content: String) -> HTML {
    .void("meta", [HTMLAttribute("http-equiv", name), HTMLAttribute("content", content)])
  }

  private static func named(_ name: String, _ content: String) -> HTML {
    .void("meta", [HTMLAttribute("name", name), HTMLAttribute("content", content)])
  }
}

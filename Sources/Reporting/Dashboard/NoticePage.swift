/// Dashboard pages without a report.
public enum NoticePage {
  /// Returns a page with one sentence.
  public static func document(_ text: String) -> String {
    page { HTML.element("p", [.class("empty")]) { text } }
  }

  /// Returns a page that asks for a token.
  ///
  /// - Parameter isRefused: whether the given token does not allow access to statistics.
  public static func signIn(isRefused: Bool) -> String {
    page {
      HTML.element("form", [.class("sign-in"), HTMLAttribute("method", "post"), HTMLAttribute("action", "/sign-in")]) {
        if isRefused {
          HTML.element("p", [HTMLAttribute("role", "alert")]) { "This token cannot read statistics." }
        }
        HTML.element("label") {
          "Token with the ability stats:read (create one with footfall tokens create --ability stats:read)"
          HTML.void(
            "input",
            [
              HTMLAttribute("type", "password"), HTMLAttribute("name", "token"), HTMLAttribute("required"),
              HTMLAttribute("autocomplete", "current-password"),
            ])
        }
        HTML.element("button") { "Sign in" }
      }
    }
  }

  private static func page(@HTMLBuilder body: () -> HTML) -> String {
    Page.document(title: "Footfall", policy: PageAsset.livePolicy) {
      HTML.element("header") {
        HTML.element("div", [.class("title")]) { HTML.element("h1") { "Footfall" } }
      }
      HTML.element("main") { body() }
    }.source
  }
}

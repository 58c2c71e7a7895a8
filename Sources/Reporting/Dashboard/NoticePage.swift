/// Pages of the dashboard that show no report.
public enum NoticePage {
  /// Says something in one sentence.
  public static func document(_ text: String) -> String {
    page { HTML.element("p", [.class("empty")]) { text } }
  }

  /// Asks for a token.
  ///
  /// - Parameter isRefused: whether one was given that does not allow it.
  public static func signIn(isRefused: Bool) -> String {
    page {
      HTML.element("form", [.class("sign-in"), HTMLAttribute("method", "post"), HTMLAttribute("action", "/sign-in")]) {
        if isRefused {
          HTML.element("p", [HTMLAttribute("role", "alert")]) { "This token does not allow it." }
        }
        HTML.element("label") {
          "A token that may read statistics (footfall tokens create --ability stats:read)"
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

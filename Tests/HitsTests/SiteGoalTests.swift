import Hits
import Testing

/// Goals as people write them.
@Suite struct SiteGoalTests {
  @Test(arguments: [
    ("Signup", SiteGoal(.event, "Signup")), ("page:/thanks", SiteGoal(.page, "/thanks")),
    ("page:/", SiteGoal(.page, "/")), ("pages", SiteGoal(.event, "pages")), ("/thanks", SiteGoal(.event, "/thanks")),
    ("page:thanks", nil), ("page:", nil), ("", nil),
  ])
  func goals(_ text: String, _ goal: SiteGoal?) {
    #expect(SiteGoal(text) == goal)
    if let goal { #expect(goal.text == text) }
  }
}

import Hits
import Testing

@Suite struct FunnelTests {
  @Test func namesAndStepsAreRead() throws {
    let funnel = try #require(Funnel(" Sign-up :page:/pricing>page:/signup* > Signed up "))
    #expect(funnel.name == "Sign-up")
    #expect(funnel.steps == [SiteGoal(.page, "/pricing"), SiteGoal(.page, "/signup*"), SiteGoal(.event, "Signed up")])
    #expect(funnel.text == "Sign-up: page:/pricing > page:/signup* > Signed up")
    #expect(
      funnel.sequences == [
        "page:/pricing", "page:/pricing > page:/signup*", "page:/pricing > page:/signup* > Signed up",
      ])
    #expect(Funnel(funnel.text) == funnel)
  }

  @Test(arguments: [
    "", "Sign-up", "Sign-up: page:/pricing", "page:/pricing > page:/signup", ": page:/a > page:/b", "A: page:/a > ",
    "A: page:/a > > page:/b", "A: page:a > page:/b", "A: a > b > c > d > e > f > g > h > i", "A: a\t > b",
  ])
  func otherTextsAreNone(_ text: String) {
    #expect(Funnel(text) == nil)
  }

  @Test func theRulesOfADayAreOneText() throws {
    let funnels = ["A: page:/a > B", "C: D > page:/*"].compactMap(Funnel.init)
    for rules in [
      DayRules(behaviour: .standard, funnels: []), DayRules(behaviour: .off, funnels: funnels),
      DayRules(behaviour: BehaviourRules([.rate, .probes]), funnels: funnels),
    ] {
      #expect(DayRules(rules.text) == rules)
      #expect(!rules.text.contains("\t"))
    }
    #expect(DayRules("default\u{1F}no funnel") == nil)
    #expect(DayRules("unknown") == nil)
  }
}

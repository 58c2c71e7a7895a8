import Hits
import Testing

@Suite struct BehaviourRulesTests {
  @Test(arguments: [
    ("default", "default"), ("off", "off"), ("rate", "rate"), ("no_assets,probes,rate,rate", "probes,rate,no_assets"),
    ("probes,robots_txt,rate,one_page,errors,no_assets,network,stale,fleet", "default"),
  ])
  func textsAreReadAndWrittenInOneOrder(_ text: String, _ written: String) {
    #expect(BehaviourRules(text)?.text == written)
  }

  @Test(arguments: ["", "rates", "rate,", "rate, probes", "Default", "default,off"])
  func otherTextsAreRefused(_ text: String) {
    #expect(BehaviourRules(text) == nil)
  }

  @Test func eachRuleIsSwitchedByItself() {
    for rule in BehaviourRule.allCases {
      let only = BehaviourRules([rule])
      #expect(BehaviourRule.allCases.filter(only.contains) == [rule])
      #expect(BehaviourRules(only.text) == only)
    }
  }
}

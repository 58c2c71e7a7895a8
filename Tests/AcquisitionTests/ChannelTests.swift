import Testing

@testable import Acquisition

/// One case for each rule of Google Analytics 4's default channel group, and for the order of the rules.
@Suite struct ChannelTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var kind: Source.Kind?
    var name = "a source"
    var medium = ""
    var campaign = ""
    var channel: Channel

    var testDescription: String { "\(kind?.rawValue ?? "none") \(name) '\(medium)' '\(campaign)'" }
  }

  private static let direct: [Case] = [
    Case(channel: .direct), Case(medium: "(none)", channel: .direct), Case(medium: "(not set)", channel: .direct),
    Case(campaign: "launch", channel: .unassigned), Case(kind: .other, channel: .referral),
  ]

  private static let paid: [Case] = [
    Case(kind: .search, medium: "cpc", campaign: "cross-network", channel: .crossNetwork),
    Case(kind: .shopping, medium: "cpc", channel: .paidShopping),
    Case(kind: .search, medium: "cpc", campaign: "shopping ads", channel: .paidShopping),
    Case(kind: .search, medium: "ppc", channel: .paidSearch),
    Case(kind: .search, medium: "cpm", channel: .paidSearch),
    Case(kind: .social, medium: "paid_social", channel: .paidSocial),
    Case(kind: .social, medium: "retargeting", channel: .paidSocial),
    Case(kind: .video, medium: "cpv", channel: .paidVideo),
    Case(kind: .other, medium: "cpm", channel: .display),
    Case(kind: .other, medium: "cpc", channel: .paidOther),
    Case(kind: .mail, medium: "paid", channel: .paidOther),
    Case(kind: .assistant, medium: "cpc", channel: .paidOther),
  ]

  private static let display: [Case] = ["display", "banner", "expandable", "interstitial", "cpm"].map {
    Case(kind: .other, medium: $0, channel: .display)
  }

  private static let organic: [Case] =
    ["social", "social-network", "social-media", "sm", "social network", "social media"].map {
      Case(kind: .other, medium: $0, channel: .organicSocial)
    } + [
      Case(kind: .shopping, channel: .organicShopping),
      Case(kind: .other, campaign: "autumn shop", channel: .organicShopping),
      Case(kind: .social, channel: .organicSocial),
      Case(kind: .social, medium: "email", channel: .organicSocial),
      Case(kind: .video, channel: .organicVideo),
      Case(kind: .other, medium: "my-video-ad", channel: .organicVideo),
      Case(kind: .assistant, channel: .assistant),
      Case(kind: .assistant, medium: "organic", channel: .assistant),
      Case(kind: .other, medium: "ai-assistant", channel: .assistant),
      Case(kind: .search, channel: .organicSearch),
      Case(kind: .search, medium: "referral", channel: .organicSearch),
      Case(kind: .other, medium: "organic", channel: .organicSearch),
    ]

  private static let rest: [Case] =
    ["email", "e-mail", "e_mail", "e mail"].flatMap {
      [
        Case(kind: .other, medium: $0, channel: .email),
        Case(kind: .other, name: $0.uppercased(), medium: "newsletter", channel: .email),
      ]
    } + [
      Case(kind: .mail, channel: .email),
      Case(kind: .other, medium: "affiliate", channel: .affiliates),
      Case(kind: .other, medium: "audio", channel: .audio),
      Case(kind: .other, medium: "sms", channel: .sms),
      Case(kind: .other, name: "SMS", medium: "x", channel: .sms),
      Case(kind: .other, medium: "web-push", channel: .mobilePush),
      Case(kind: .other, medium: "pushed", channel: .unassigned),
      Case(kind: .other, medium: "mobile-app", channel: .mobilePush),
      Case(kind: .other, medium: "notifications", channel: .mobilePush),
      Case(kind: .other, name: "firebase", medium: "x", channel: .mobilePush),
      Case(kind: .other, medium: "referral", channel: .referral),
      Case(kind: .other, medium: "app", channel: .referral),
      Case(kind: .other, medium: "link", channel: .referral),
      Case(kind: .mail, medium: "referral", channel: .referral),
      Case(kind: .other, name: "email", medium: "referral", channel: .referral),
      Case(kind: .other, name: "sms", channel: .sms),
      Case(medium: "referral", channel: .unassigned),
      Case(kind: .other, medium: "qr", channel: .unassigned),
    ]

  @Test(arguments: direct + paid + display + organic + rest)
  func theFirstRuleThatFitsDecides(_ test: Case) {
    let source = test.kind.map { Source(name: test.name, kind: $0) }
    let facts = Channel.Facts(source: source, medium: test.medium, campaign: test.campaign)
    #expect(Channel.channel(facts) == test.channel)
  }

  /// GA4's `^(.*(([^a-df-z]|^)shop|shopping).*)$`: the only letter allowed before `shop` is an e.
  @Test(arguments: [
    ("shop", true), ("my shop", true), ("eshop", true), ("e-shop", true), ("the1shop", true), ("bishop", false),
    ("workshop", false), ("workshop shop", true), ("windowshopping", true), ("sho", false), ("", false),
  ])
  func aShopIsAWord(_ campaign: String, _ isShopping: Bool) {
    #expect(Channel.Facts(source: nil, medium: "", campaign: campaign).isShopping == isShopping)
  }

  @Test func everyChannelHasACase() {
    let tried = Set((Self.direct + Self.paid + Self.display + Self.organic + Self.rest).map(\.channel))
    #expect(tried == Set(Channel.allCases))
  }
}

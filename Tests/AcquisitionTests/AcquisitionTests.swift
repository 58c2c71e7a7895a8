import Acquisition
import Testing

@Suite struct AcquisitionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var host = ""
    var path = "/"
    var source = ""
    var medium = ""
    var name = ""
    var hint = ""
    var click: ClickID?
    var expected: (source: String, channel: Channel, referrer: String)
  }

  private static let referrers: [Case] = [
    Case(testDescription: "nothing", expected: ("Direct / None", .direct, "")),
    Case(testDescription: "search", host: "google.com", expected: ("Google", .organicSearch, "google.com")),
    Case(
      testDescription: "site", host: "example.org", path: "/links",
      expected: ("example.org", .referral, "example.org/links")),
    Case(testDescription: "root is omitted", host: "example.org", expected: ("example.org", .referral, "example.org")),
    Case(testDescription: "own host", host: "example.com", path: "/a", expected: ("Direct / None", .direct, "")),
    Case(testDescription: "own mobile twin", host: "m.example.com", expected: ("Direct / None", .direct, "")),
    Case(testDescription: "other host of ours", host: "example.net", expected: ("Direct / None", .direct, "")),
    Case(
      testDescription: "subdomain is another site", host: "blog.example.com",
      expected: ("blog.example.com", .referral, "blog.example.com")),
    Case(testDescription: "assistant", host: "chatgpt.com", expected: ("ChatGPT", .assistant, "chatgpt.com")),
    Case(testDescription: "its maker", host: "openai.com", expected: ("OpenAI", .assistant, "openai.com")),
    Case(testDescription: "network", host: "bsky.app", expected: ("Bluesky", .organicSocial, "bsky.app")),
    Case(testDescription: "mail", host: "mail.yahoo.com", expected: ("Yahoo! Mail", .email, "mail.yahoo.com")),
    Case(
      testDescription: "other service of a search engine", host: "accounts.google.com",
      expected: ("accounts.google.com", .referral, "accounts.google.com")),
    Case(
      testDescription: "other service of a shop", host: "aws.amazon.com",
      expected: ("aws.amazon.com", .referral, "aws.amazon.com")),
  ]

  private static let campaigns: [Case] = [
    Case(
      testDescription: "campaign beats referrer", host: "google.com", source: "newsletter", medium: "email",
      expected: ("newsletter", .email, "google.com")),
    Case(
      testDescription: "campaign from an own page", host: "example.com", source: "fb",
      expected: ("Facebook", .organicSocial, "")),
    Case(testDescription: "medium in capitals", source: "x", medium: "CPC", expected: ("X", .paidSocial, "")),
    Case(testDescription: "name in capitals", source: "nl", name: "Cross-Network", expected: ("nl", .crossNetwork, "")),
    Case(testDescription: "medium without source", medium: "email", expected: ("Direct / None", .email, "")),
    Case(testDescription: "assistant", source: "openai", expected: ("OpenAI", .assistant, "")),
    Case(testDescription: "assistant by host", source: "chatgpt.com", expected: ("ChatGPT", .assistant, "")),
    Case(testDescription: "network by its short name", source: "bsky", expected: ("Bluesky", .organicSocial, "")),
    Case(testDescription: "hint", hint: "producthunt", expected: ("Product Hunt", .organicSocial, "")),
    Case(testDescription: "source beats hint", source: "bing", hint: "fb", expected: ("Bing", .organicSearch, "")),
    Case(
      testDescription: "hint beats referrer", host: "google.com", hint: "friend",
      expected: ("friend", .referral, "google.com")),
  ]

  private static let clicks: [Case] = [
    Case(testDescription: "gclid", click: .google, expected: ("Google", .paidSearch, "")),
    Case(testDescription: "msclkid", click: .microsoft, expected: ("Bing", .paidSearch, "")),
    Case(
      testDescription: "click beats referrer", host: "example.org", click: .google,
      expected: ("Google", .paidSearch, "example.org")),
    Case(testDescription: "yclid", click: .yandex, expected: ("Yandex", .paidSearch, "")),
    Case(testDescription: "ttclid", click: .tiktok, expected: ("TikTok", .paidSocial, "")),
    Case(testDescription: "twclid", click: .x, expected: ("X", .paidSocial, "")),
    Case(testDescription: "li_fat_id", click: .linkedin, expected: ("LinkedIn", .paidSocial, "")),
    Case(testDescription: "rdt_cid", click: .reddit, expected: ("Reddit", .paidSocial, "")),
    Case(testDescription: "fbclid", click: .meta, expected: ("Facebook", .organicSocial, "")),
    Case(testDescription: "igshid", click: .instagram, expected: ("Instagram", .organicSocial, "")),
    Case(testDescription: "srsltid", click: .googleListing, expected: ("Google", .organicSearch, "")),
    Case(
      testDescription: "referrer beats fbclid", host: "example.org", click: .meta,
      expected: ("example.org", .referral, "example.org")),
    Case(
      testDescription: "fbclid from an own page", host: "example.com", click: .meta,
      expected: ("Facebook", .organicSocial, "")),
    Case(
      testDescription: "campaign with fbclid", source: "ig", medium: "paid_social", click: .meta,
      expected: ("Instagram", .paidSocial, "")),
    Case(testDescription: "source beats click", source: "fb", click: .google, expected: ("Facebook", .paidSocial, "")),
    Case(
      testDescription: "medium beats click", source: "google", medium: "organic", click: .google,
      expected: ("Google", .organicSearch, "")),
  ]

  @Test(arguments: referrers + campaigns + clicks) func isTold(_ test: Case) {
    var campaign = Campaign()
    campaign.source = test.source
    campaign.medium = test.medium
    campaign.name = test.name
    campaign.hint = test.hint
    campaign.click = test.click
    let acquisition = Acquisition(
      host: test.host, path: test.path, campaign: campaign, isOwn: ["example.com", "example.net"].contains)
    #expect(acquisition.source == test.expected.source)
    #expect(acquisition.channel == test.expected.channel)
    #expect(acquisition.referrer == test.expected.referrer)
  }
}

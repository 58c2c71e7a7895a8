/// The way a visit came, by Google Analytics 4's default channel group, with assistants added.
///
/// Source of the rules and of their order: <https://support.google.com/analytics/answer/9756891>. The first rule
/// that matches decides. Two things differ from Google. Assistants are recognised by their hosts as well as by
/// Google's medium for them, and come before organic search, which would match some of them. A source without a
/// medium, which Google leaves unassigned, is a referral.
public enum Channel: String, CaseIterable, Sendable {
  /// Direct.
  case direct = "Direct"
  /// Cross-network.
  case crossNetwork = "Cross-network"
  /// Paid Shopping.
  case paidShopping = "Paid Shopping"
  /// Paid Search.
  case paidSearch = "Paid Search"
  /// Paid Social.
  case paidSocial = "Paid Social"
  /// Paid Video.
  case paidVideo = "Paid Video"
  /// Display.
  case display = "Display"
  /// Paid Other.
  case paidOther = "Paid Other"
  /// Organic Shopping.
  case organicShopping = "Organic Shopping"
  /// Organic Social.
  case organicSocial = "Organic Social"
  /// Organic Video.
  case organicVideo = "Organic Video"
  /// AI Assistants.
  case assistant = "AI Assistants"
  /// Organic Search.
  case organicSearch = "Organic Search"
  /// Email.
  case email = "Email"
  /// Affiliates.
  case affiliates = "Affiliates"
  /// Audio.
  case audio = "Audio"
  /// SMS.
  case sms = "SMS"
  /// Mobile Push Notifications.
  case mobilePush = "Mobile Push Notifications"
  /// Referral.
  case referral = "Referral"
  /// Unassigned.
  case unassigned = "Unassigned"

  /// The values that the rules examine, in lower case.
  struct Facts {
    /// The source and its kind; nil for direct visits.
    var source: Source?
    /// `utm_medium`, or its replacement: `cpc` for paid clicks.
    var medium: String
    /// `utm_campaign`.
    var campaign: String

    var isPaid: Bool {
      medium.hasBytes(of: "cp") || medium == "ppc" || medium == "retargeting" || medium.hasPrefix("paid")
    }

    /// GA4's `^(.*(([^a-df-z]|^)shop|shopping).*)$`.
    var isShopping: Bool {
      var startsWord = true
      var rest = campaign.utf8[...]
      while let first = rest.first {
        if rest.starts(with: "shop".utf8), startsWord || rest.starts(with: "shopping".utf8) { return true }
        startsWord = first == UInt8(ascii: "e") || !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        rest = rest.dropFirst()
      }
      return false
    }

    func comesFrom(_ kind: Source.Kind) -> Bool { source?.kind == kind }

    func isNamed(_ names: [String]) -> Bool {
      names.contains(medium) || names.contains(source?.name.lowercased() ?? "")
    }
  }

  /// Returns the channel of these facts.
  static func channel(_ facts: Facts) -> Channel {
    rules.first { $0.fits(facts) }?.channel ?? .unassigned
  }

  private struct Rule: Sendable {
    let channel: Channel
    let fits: @Sendable (Facts) -> Bool
  }

  private static let displayMedia = ["display", "banner", "expandable", "interstitial", "cpm"]
  private static let socialMedia = ["social", "social-network", "social-media", "sm", "social network", "social media"]
  private static let mailNames = ["email", "e-mail", "e_mail", "e mail"]

  private static let rules: [Rule] = [
    Rule(channel: .direct) {
      $0.source == nil && ["", "(none)", "(not set)"].contains($0.medium) && $0.campaign.isEmpty
    },
    Rule(channel: .crossNetwork) { $0.campaign.hasBytes(of: "cross-network") },
    Rule(channel: .paidShopping) { ($0.comesFrom(.shopping) || $0.isShopping) && $0.isPaid },
    Rule(channel: .paidSearch) { $0.comesFrom(.search) && $0.isPaid },
    Rule(channel: .paidSocial) { $0.comesFrom(.social) && $0.isPaid },
    Rule(channel: .paidVideo) { $0.comesFrom(.video) && $0.isPaid },
    Rule(channel: .display) { displayMedia.contains($0.medium) },
    Rule(channel: .paidOther) { $0.isPaid },
    Rule(channel: .organicShopping) { $0.comesFrom(.shopping) || $0.isShopping },
    Rule(channel: .organicSocial) { $0.comesFrom(.social) || socialMedia.contains($0.medium) },
    Rule(channel: .organicVideo) { $0.comesFrom(.video) || $0.medium.hasBytes(of: "video") },
    Rule(channel: .assistant) { $0.comesFrom(.assistant) || $0.medium == "ai-assistant" },
    Rule(channel: .organicSearch) { $0.comesFrom(.search) || $0.medium == "organic" },
    Rule(channel: .referral) { ["referral", "app", "link"].contains($0.medium) && $0.source != nil },
    Rule(channel: .email) { $0.comesFrom(.mail) || $0.isNamed(mailNames) },
    Rule(channel: .affiliates) { $0.medium == "affiliate" },
    Rule(channel: .audio) { $0.medium == "audio" },
    Rule(channel: .sms) { $0.isNamed(["sms"]) },
    Rule(channel: .mobilePush) {
      $0.medium.hasSuffix("push") || $0.medium.hasBytes(of: "mobile") || $0.medium.hasBytes(of: "notification")
        || $0.isNamed(["firebase"])
    },
    Rule(channel: .referral) { $0.medium.isEmpty && $0.source != nil },
  ]
}

extension String {
  /// Whether the string contains the bytes of a part; `contains` compares characters and takes far longer.
  fileprivate func hasBytes(of part: String) -> Bool {
    var rest = utf8[...]
    while rest.count >= part.utf8.count {
      if rest.starts(with: part.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

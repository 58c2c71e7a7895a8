/// Which rules for user agents and referrers an import goes by.
public struct RuleOptions: Sendable {
  /// The folder of rule data; nil for the usual places.
  public var folder: String?
  /// A list of robots of the operator's own (`UserAgents/BotList`); nil for none.
  public var botRules: String?
  /// A list of hosts whose referrers are spam (`Acquisition/ReferrerSpam`); nil for none.
  public var referrerSpam: String?

  /// Bundles the choice.
  public init(folder: String? = nil, botRules: String? = nil, referrerSpam: String? = nil) {
    self.folder = folder
    self.botRules = botRules
    self.referrerSpam = referrerSpam
  }
}

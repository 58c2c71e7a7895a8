/// Which rules for user agents and referrers an import uses.
public struct RuleOptions: Sendable {
  /// The folder of rule data; nil for the default places.
  public var folder: String?
  /// The operator's own list of robots (`UserAgents/BotList`); nil for none.
  public var botRules: String?
  /// A list of hosts whose referrers are spam (`Acquisition/ReferrerSpam`); nil for none.
  public var referrerSpam: String?

  /// Bundles the options.
  public init(folder: String? = nil, botRules: String? = nil, referrerSpam: String? = nil) {
    self.folder = folder
    self.botRules = botRules
    self.referrerSpam = referrerSpam
  }
}

/// Which rules for user agents an import goes by.
public struct RuleOptions: Sendable {
  /// The folder of rule data; nil for the usual places.
  public var folder: String?
  /// A list of robots of the operator's own (`UserAgents/BotList`); nil for none.
  public var botRules: String?

  /// Bundles the choice.
  public init(folder: String? = nil, botRules: String? = nil) {
    self.folder = folder
    self.botRules = botRules
  }
}

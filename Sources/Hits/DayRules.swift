/// The settings of a site that decide how its days are counted.
public struct DayRules: Equatable, Sendable {
  /// The rules that detect robots by their behaviour.
  public var behaviour: BehaviourRules
  /// What visits may go through.
  public var funnels: [Funnel]

  private static let separator: Character = "\u{1F}"

  /// Bundles settings.
  public init(behaviour: BehaviourRules, funnels: [Funnel]) {
    self.behaviour = behaviour
    self.funnels = funnels
  }

  /// Parses ``text``; nil for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false)
    let funnels = parts.dropFirst().compactMap { Funnel(String($0)) }
    guard let behaviour = parts.first.flatMap({ BehaviourRules(String($0)) }), funnels.count == parts.count - 1 else {
      return nil
    }
    self.init(behaviour: behaviour, funnels: funnels)
  }

  /// The settings as one text without tabs and newlines.
  public var text: String {
    ([behaviour.text] + funnels.map(\.text)).joined(separator: String(Self.separator))
  }
}

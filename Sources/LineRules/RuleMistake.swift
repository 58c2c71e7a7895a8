/// An error in a rule as written.
public struct RuleMistake: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what would be right.
  public let description: String

  /// Creates an error with this text.
  public init(_ description: String) {
    self.description = description
  }
}

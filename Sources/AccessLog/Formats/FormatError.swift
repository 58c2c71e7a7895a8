/// Why a text is no format.
public struct FormatError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

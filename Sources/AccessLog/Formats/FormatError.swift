/// Why a text is not a format.
public struct FormatError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what to do about it.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

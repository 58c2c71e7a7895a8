/// The reason why a command was refused. Nothing was changed.
public enum Refusal: Error, Equatable, CustomStringConvertible {
  /// The request is wrong.
  case usage(String)
  /// The request is valid but cannot be carried out.
  case failed(String)

  /// The problem, its reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .usage(let text), .failed(let text): text
    }
  }
}

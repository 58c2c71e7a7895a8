/// Why something was not done; nothing was changed.
public enum Refusal: Error, Equatable, CustomStringConvertible {
  /// It was asked for wrongly.
  case usage(String)
  /// It cannot be done.
  case failed(String)

  /// What, why and what to do, in one line.
  public var description: String {
    switch self {
    case .usage(let text), .failed(let text): text
    }
  }
}

/// Why an import could not be done at all.
public enum ImportFailure: Error, CustomStringConvertible {
  /// It was asked for wrongly.
  case usage(String)
  /// Something it needs is missing or unreadable.
  case failed(String)
  /// The disk refused.
  case inputOutput(String)

  /// What, why and what to do; a line for each input where several are to blame.
  public var description: String {
    switch self {
    case .usage(let text), .failed(let text), .inputOutput(let text): text
    }
  }
}

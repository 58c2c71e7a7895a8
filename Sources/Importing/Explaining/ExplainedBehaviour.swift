import Sessions

/// What the rules about behaviour say of a line's visitor.
public enum ExplainedBehaviour: Sendable {
  /// Why they are not asked.
  public enum Reason: String, Sendable {
    /// The line is that of a robot by its user agent, address or signature.
    case robot
    /// The line ended before it was known who sent it, or the visitor asks not to be tracked.
    case noVisitor = "no_visitor"
    /// The day of the line is sealed.
    case sealed
    /// The visitor has no page view, event or missing page in the file, so that nothing of it is counted.
    case nothingCounted = "nothing_counted"
  }

  /// The visitor's whole day was not looked at.
  case unknown
  /// The visitor was judged by its whole day.
  case judged(JudgedDay)
  /// They are not asked.
  case notAsked(Reason)
}

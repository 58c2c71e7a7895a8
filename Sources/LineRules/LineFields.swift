/// The ranges of a line's fields that rules examine.
public struct LineFields: Sendable {
  /// The host; empty if the log has none.
  public var host: Range<Int>
  /// The method.
  public var method: Range<Int>
  /// The request's target.
  public var target: Range<Int>
  /// The user agent as logged.
  public var agent: Range<Int>
  /// The client's address as logged.
  public var address: Range<Int>
  /// The status of the response; below 0 if none is logged.
  public var status: Int

  /// Creates the fields of a line.
  public init(
    host: Range<Int>, method: Range<Int>, target: Range<Int>, agent: Range<Int>, address: Range<Int>, status: Int
  ) {
    self.host = host
    self.method = method
    self.target = target
    self.agent = agent
    self.address = address
    self.status = status
  }
}

/// Where the fields of a line lie that rules look at.
public struct LineFields: Sendable {
  /// The host; empty where the log has none.
  public var host: Range<Int>
  /// The method.
  public var method: Range<Int>
  /// The request's target.
  public var target: Range<Int>
  /// The user agent as logged.
  public var agent: Range<Int>
  /// The client's address as logged.
  public var address: Range<Int>
  /// The status of the answer; below 0 where none is logged.
  public var status: Int

  /// The fields of a line.
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

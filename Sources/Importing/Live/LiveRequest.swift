import Collecting
import Hits

/// A request of the collect API that is to be counted.
public struct LiveRequest: Sendable {
  /// The request itself, valid by the API's rules.
  public var request: CollectRequest
  /// The id of the only site that the caller may send for; nil for any.
  public var onlySite: UInt32?

  /// Creates a request.
  public init(_ request: CollectRequest, onlySite: UInt32?) {
    self.request = request
    self.onlySite = onlySite
  }
}

/// The answer to a request.
public enum LiveAnswer: Equatable, Sendable {
  /// It has this outcome, and is in the books.
  case ended(Outcome)
  /// The caller may not send for this site.
  case otherSite
  /// The site may not use the API.
  case noPlan
}

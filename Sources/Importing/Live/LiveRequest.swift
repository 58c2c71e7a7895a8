import Collecting
import Hits

/// A request of the collect API on its way to being counted.
public struct LiveRequest: Sendable {
  /// What is asked to be counted; valid by the API's rules.
  public var request: CollectRequest
  /// The id of the only site that the caller may send for; nil for any.
  public var onlySite: UInt32?

  /// A request.
  public init(_ request: CollectRequest, onlySite: UInt32?) {
    self.request = request
    self.onlySite = onlySite
  }
}

/// What became of a request.
public enum LiveAnswer: Equatable, Sendable {
  /// It ended so, and is in the books.
  case ended(Outcome)
  /// The caller may not send for this site.
  case otherSite
  /// The site's plan has no API.
  case noPlan
}

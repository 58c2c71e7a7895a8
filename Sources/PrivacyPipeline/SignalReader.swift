import ByteScanning
import Collecting
import Hits

/// Finds out what a line that is not a hit says about its visitor, from its class, path and status.
public struct SignalReader: Sendable {
  private var path: [UInt8] = []

  /// Creates a reader for one thread.
  public init() {}

  /// Returns the signal of a line of this class; nil if it has none.
  ///
  /// - Parameter lacksReferrer: whether the log has a place for the referrer, and none was sent.
  public mutating func signal(
    _ kind: LineClassifier.Class, _ bytes: Span<UInt8>, target: Range<Int>, status: Int, lacksReferrer: Bool
  ) -> Signal? {
    switch kind {
    case .page, .notFound: return nil
    case .part where (200...299).contains(status) || status == 304:
      guard Self.isIcon(bytes, target) else { return .asset }
      // Scanners fetch the icon to identify a site's software. They do not name the page it belongs to.
      return lacksReferrer ? nil : .icon
    case .part, .asset, .status, .method: break
    }
    let isRefused = Self.isRefusal(status)
    path.removeAll(keepingCapacity: true)
    if Pathname.append(bytes, RequestTarget.parts(of: bytes, target).path, to: &path) {
      if path == Self.robotsTxt { return .robotsTxt }
      switch ProbePaths.kind(of: path.span) {
      case .nobodys: return .probe
      case .elsewhere where isRefused: return .probe
      case .elsewhere, nil: break
      }
    }
    return isRefused && (kind == .status || kind == .method) ? .refusal : nil
  }

  private static let robotsTxt = Array("/robots.txt".utf8)
  private static let icons = [Array("/favicon.".utf8), Array("/apple-touch-icon".utf8)]
  private static let initials = icons.map { $0[1] }

  /// Whether a target is an icon that browsers request by themselves, without a link on the page.
  private static func isIcon(_ bytes: Span<UInt8>, _ target: Range<Int>) -> Bool {
    // Nearly all parts of pages begin with another letter.
    guard target.count > 1, initials.contains(bytes[target.lowerBound + 1]) else { return false }
    return icons.contains { ByteSearch.matches($0, in: bytes, at: target.lowerBound, before: target.upperBound) }
  }

  /// Whether a status says that the request was wrong. Statuses that ask to log in or to wait, or say that the
  /// client did not wait, do not count, because people's browsers get them too.
  private static func isRefusal(_ status: Int) -> Bool {
    switch status {
    case 401, 407, 408, 429: false
    default: (400...498).contains(status)
    }
  }
}

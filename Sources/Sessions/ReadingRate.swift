import Hits

/// Decides whether pages were viewed faster than anybody reads. Pictures without an extension are no reading.
struct ReadingRate {
  /// The number of page views within ``window`` that nobody reaches by reading.
  static let views = 100
  /// The same with pictures.
  static let viewsWithPictures = 600
  /// In seconds.
  static let window: Int32 = 60
  /// The number of page views within ``shortWindow`` that no session of a browser reaches.
  static let viewsOfNoBrowser = 200
  /// In seconds.
  static let shortWindow: Int32 = 30

  /// The symbols of pages that are pictures by their paths.
  let pictures: Set<UInt32>

  /// Whether a visitor that loaded no parts views pages too fast.
  ///
  /// - Parameter stem: returns `NotablePages.stem(of:)` of a page's path.
  func isTooFast(_ hits: [TimedHit], stem: (UInt32) -> UInt64) -> Bool {
    guard hits.count >= Self.views else { return false }
    let views = hits.filter { $0.kind == .pageview }
    if Self.has(Self.viewsWithPictures, of: views, within: Self.window) { return true }
    let others = views.filter { !$0.isPicture(among: pictures) }
    return Self.has(Self.views, of: others, within: Self.window)
      && Self.has(Self.views, of: withoutParts(others, stem), within: Self.window)
  }

  /// The highest number of page views within ``window``: of pages, and of pictures as well.
  func most(of hits: [TimedHit], stem: (UInt32) -> UInt64) -> (pages: Int, withPictures: Int) {
    let views = hits.filter { $0.kind == .pageview }
    let others = views.filter { !$0.isPicture(among: pictures) }
    return (
      Self.most(of: withoutParts(others, stem), within: Self.window), Self.most(of: views, within: Self.window)
    )
  }

  /// Whether a visitor views pages faster than any browser, whether it loads parts or not. Views that follow a link of the
  /// site do not count where the log has referrers: they may be pictures.
  func isTooFastForBrowsers(_ hits: [TimedHit]) -> Bool {
    hits.count >= Self.viewsOfNoBrowser && mostWithoutLink(of: hits) >= Self.viewsOfNoBrowser
  }

  /// The highest number of page views within ``shortWindow`` that follow no link of the site.
  func mostWithoutLink(of hits: [TimedHit]) -> Int {
    let views = hits.filter {
      $0.kind == .pageview && !$0.traits.contains(.ownReferrer) && !$0.isPicture(among: pictures)
    }
    return Self.most(of: views, within: Self.shortWindow)
  }

  /// Returns the views without those that are parts of others: one pattern of paths, repeated, with pages between, each
  /// soon after one. Where the log has referrers, browsers send one with each part.
  private func withoutParts(_ views: [TimedHit], _ stem: (UInt32) -> UInt64) -> [TimedHit] {
    let stems = views.map { stem($0.page) }
    var counts: [UInt64: Int] = [:]
    for stem in stems { counts[stem, default: 0] += 1 }
    guard let part = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return views }
    let pages = zip(views, stems).filter { $0.1 != part.key }.map(\.0.second).sorted()
    let parts = zip(views, stems).filter { $0.1 == part.key }.map(\.0)
    guard parts.count >= 8, pages.count >= 2, parts.count >= 2 * pages.count else { return views }
    let soon = parts.count { !$0.traits.contains(.noReferrer) && Self.isSoonAfter(pages, $0.second) }
    guard soon * 10 >= parts.count * 7 else { return views }
    return zip(views, stems).filter { $0.1 != part.key }.map(\.0)
  }

  /// Whether one of the sorted `seconds` is at most five seconds before another.
  private static func isSoonAfter(_ seconds: [Int32], _ second: Int32) -> Bool {
    var (low, high) = (0, seconds.count)
    while low < high {
      let middle = (low + high) / 2
      if seconds[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low > 0 && second - seconds[low - 1] <= 5
  }

  /// Whether at least `count` of the hits are within some window of `length` seconds.
  static func has(_ count: Int, of hits: [TimedHit], within length: Int32) -> Bool {
    hits.count >= count && most(of: hits, within: length) >= count
  }

  /// The highest number of the hits that are within one window of `length` seconds.
  static func most(of hits: [TimedHit], within length: Int32) -> Int {
    let seconds = hits.map(\.second).sorted()
    var (first, most) = (0, 0)
    for (last, second) in seconds.enumerated() {
      while second - seconds[first] >= length { first += 1 }
      most = max(most, last - first + 1)
    }
    return most
  }
}

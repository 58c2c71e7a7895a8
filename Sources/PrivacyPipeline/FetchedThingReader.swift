import ByteScanning
import Collecting
import Hits

/// Finds out what kind of thing a robot's request is for, from its method and path.
public struct FetchedThingReader: Sendable {
  private var name: [UInt8] = []

  /// Creates a reader for one thread.
  public init() {}

  /// Returns the kind of thing that a target is.
  ///
  /// - Parameters:
  ///   - method: the method; anything but GET and HEAD is a call of an interface.
  ///   - query: the query, if the log has it separately from the target.
  ///   - isAsset: whether the extension of the path is that of an asset.
  public mutating func thing(
    _ bytes: Span<UInt8>, method: Range<Int>, target: Range<Int>, query: Range<Int> = 0..<0, isAsset: Bool
  ) -> FetchedThing {
    let parts = RequestTarget.parts(of: bytes, target)
    let path = parts.path
    readName(bytes, path)
    if Self.isRobotsTxt(bytes, path) { return .robotsTxt }
    let mark = name.lastIndex(of: Byte.dot)
    let suffix = mark.map { name[($0 + 1)...] } ?? []
    if isGuide(suffix) { return .llmsTxt }
    if Self.feedNames.contains(name) || Self.feedSuffixes.contains(Array(suffix)) { return .feed }
    if asksForFeed(bytes, parts.query.isEmpty ? query : parts.query) { return .feed }
    if !Self.isFetching(bytes, method) || isInterface(bytes, path) { return .api }
    if Self.documentSuffixes.contains(Array(suffix)) { return .document }
    return isAsset ? .asset : .page
  }

  /// Keeps the last segment of a path in lower case; the one before it if the path ends in a slash.
  private mutating func readName(_ bytes: Span<UInt8>, _ path: Range<Int>) {
    name.removeAll(keepingCapacity: true)
    var end = path.upperBound
    if end > path.lowerBound + 1, bytes[end - 1] == Byte.slash { end -= 1 }
    var start = end
    while start > path.lowerBound, bytes[start - 1] != Byte.slash { start -= 1 }
    guard end - start <= Self.longestName else { return }
    for index in start..<end { name.append(Self.lower(bytes[index])) }
  }

  /// `/llms.txt`, `/llms-full.txt` and pages as Markdown. Source: <https://llmstxt.org>.
  private func isGuide(_ suffix: ArraySlice<UInt8>) -> Bool {
    suffix.elementsEqual(Self.markdown) || (name.starts(with: Self.llms) && suffix.elementsEqual(Self.text))
  }

  /// Whether a query asks for a page as a feed: `?feed=rss2` (WordPress), `?flav=atom` (Blosxom), `?format=feed` (Joomla).
  private func asksForFeed(_ bytes: Span<UInt8>, _ query: Range<Int>) -> Bool {
    var start = query.lowerBound
    while start < query.upperBound {
      let end = ByteSearch.firstIndex(of: UInt8(ascii: "&"), in: bytes, from: start, to: query.upperBound)
      for text in Self.feedQueries where text.count == end - start {
        if ByteSearch.matches(text, in: bytes, at: start, before: end) { return true }
      }
      start = end + 1
    }
    return false
  }

  /// Whether one of the first two segments of a path names an interface for programs.
  private func isInterface(_ bytes: Span<UInt8>, _ path: Range<Int>) -> Bool {
    var start = path.lowerBound + 1
    for _ in 0..<2 where start < path.upperBound {
      let end = ByteSearch.firstIndex(of: Byte.slash, in: bytes, from: start, to: path.upperBound)
      for word in Self.interfaces where word.count == end - start {
        if word.indices.allSatisfy({ Self.lower(bytes[start + $0]) == word[$0] }) { return true }
      }
      start = end + 1
    }
    return false
  }

  private static func isRobotsTxt(_ bytes: Span<UInt8>, _ path: Range<Int>) -> Bool {
    path.count == robotsTxt.count && ByteSearch.matches(robotsTxt, in: bytes, at: path.lowerBound, before: path.upperBound)
  }

  private static func isFetching(_ bytes: Span<UInt8>, _ method: Range<Int>) -> Bool {
    methods.contains { $0.count == method.count && ByteSearch.matches($0, in: bytes, at: method.lowerBound, before: method.upperBound) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  private static func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

  private static let longestName = 64
  private static let robotsTxt = Array("/robots.txt".utf8)
  private static let markdown = Array("md".utf8)
  private static let text = Array("txt".utf8)
  private static let llms = Array("llms".utf8)
  private static let methods = words("GET HEAD")
  private static let interfaces = words("api graphql wp-json rest rpc mcp xmlrpc.php")
  private static let feedNames = Set(
    words(
      "feed feeds rss rss2 atom feed.xml feeds.xml rss.xml rss2.xml atom.xml index.xml feed.json feed.php rss.php atom.php"))
  private static let feedQueries = ["feed", "flav", "format", "type", "alt"].flatMap { name in
    ["rss", "rss2", "atom", "rdf", "feed"].map { Array("\(name)=\($0)".utf8) }
  }
  private static let feedSuffixes = Set(words("rss atom rdf"))
  private static let documentSuffixes = Set(
    words("pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp ps eps epub mobi txt"))
}

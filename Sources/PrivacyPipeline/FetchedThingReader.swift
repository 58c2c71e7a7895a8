import ByteScanning
import Hits

/// What a path says of the thing that a robot fetches there.
enum ThingOfPath {
  /// `/robots.txt`, or a text for language models, whatever the query.
  case robotsTxt, llmsTxt
  /// A feed by its name.
  case feed
  /// An interface or a document, unless the query asks for a feed.
  case api, document
  /// An asset if its extension is that of one, otherwise a page, unless the query asks for a feed.
  case pageOrAsset
}

/// Finds out what kind of thing a robot's request is for, from its pathname and query.
public struct FetchedThingReader {
  /// The last segment of the path in lower case, as far as it matters.
  private var name: [UInt8] = []

  /// Returns what a normalised pathname says.
  mutating func thing(ofPath path: Span<UInt8>) -> ThingOfPath {
    if Self.isEqual(path, Self.robotsTxt) { return .robotsTxt }
    readName(path)
    let suffix = suffix
    if suffix == Self.markdown || (suffix == Self.text && name.starts(with: Self.llms)) { return .llmsTxt }
    if isFeed || Self.feedSuffixes.contains(suffix) { return .feed }
    if isInterface(path) { return .api }
    return Self.documentSuffixes.contains(suffix) ? .document : .pageOrAsset
  }

  /// Returns the kind of thing that a path and a query ask for.
  ///
  /// - Parameter isAsset: whether the extension of the path is that of an asset.
  static func thing(_ path: ThingOfPath, query: Span<UInt8>, isAsset: Bool) -> FetchedThing {
    switch path {
    case .robotsTxt: .robotsTxt
    case .llmsTxt: .llmsTxt
    case .feed: .feed
    case .api: asksForFeed(query) ? .feed : .api
    case .document: asksForFeed(query) ? .feed : .document
    case .pageOrAsset: asksForFeed(query) ? .feed : isAsset ? .asset : .page
    }
  }

  /// Whether the name is that of a feed. Most names are too long, or begin with another byte, and need no look-up.
  private var isFeed: Bool {
    guard let first = name.first, name.count <= Self.longestFeedName, Self.feedInitials.contains(first) else {
      return false
    }
    return Self.feedNames.contains(name)
  }

  /// Up to four bytes after the last dot of the name, as a number; 0 if there is no dot, or if more follow.
  private var suffix: UInt32 {
    var suffix: UInt32 = 0
    for (offset, byte) in name.reversed().prefix(5).enumerated() {
      if byte == Byte.dot { return suffix }
      if offset < 4 { suffix |= UInt32(byte) << UInt32(8 * offset) }
    }
    return 0
  }

  /// The same number for a text.
  private static func suffix(_ text: String) -> UInt32 { text.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

  private static func suffixes(_ text: String) -> [UInt32] { text.split(separator: " ").map { suffix(String($0)) } }

  /// Whether a method asks for something to read: GET and HEAD do.
  public static func isFetch(_ bytes: Span<UInt8>, method: Range<Int>) -> Bool {
    methods.contains { isEqual(bytes.extracting(method), $0) }
  }

  /// Keeps the last segment of a path without parameters; the one before it if the path ends in a slash. Of a long one, only
  /// the end matters.
  private mutating func readName(_ path: Span<UInt8>) {
    name.removeAll(keepingCapacity: true)
    var end = path.count
    if end > 1, path[end - 1] == Byte.slash { end -= 1 }
    var start = end
    while start > 0, path[start - 1] != Byte.slash {
      start -= 1
      if path[start] == Byte.semicolon { end = start }
    }
    for index in max(start, end - Self.longestName)..<end { name.append(Byte.lower(path[index])) }
  }

  /// Whether a query asks for a page as a feed: `?feed=rss2` (WordPress), `?flav=atom` (Blosxom), `?format=feed` (Joomla).
  private static func asksForFeed(_ query: Span<UInt8>) -> Bool {
    var start = 0
    while start < query.count {
      let end = ByteSearch.firstIndex(of: UInt8(ascii: "&"), in: query, from: start, to: query.count)
      let term = query.extracting(start..<end)
      if feedQueries.contains(where: { isEqual(term, $0) }) { return true }
      start = end + 1
    }
    return false
  }

  /// Whether one of the first two segments of a path names an interface for programs.
  private func isInterface(_ path: Span<UInt8>) -> Bool {
    var start = 1
    for _ in 0..<2 where start < path.count {
      let end = ByteSearch.firstIndex(of: Byte.slash, in: path, from: start, to: path.count)
      guard end - start <= Self.longestInterface else {
        start = end + 1
        continue
      }
      for word in Self.interfaces where word.count == end - start {
        if word.indices.allSatisfy({ Byte.lower(path[start + $0]) == word[$0] }) { return true }
      }
      start = end + 1
    }
    return false
  }

  private static func isEqual(_ bytes: Span<UInt8>, _ text: [UInt8]) -> Bool {
    bytes.count == text.count && ByteSearch.matches(text, in: bytes, at: 0, before: bytes.count)
  }

  private static func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

  private static let longestName = 64
  private static let robotsTxt = Array("/robots.txt".utf8)
  private static let markdown = suffix("md")
  private static let text = suffix("txt")
  /// `/llms.txt`, `/llms-full.txt`. Source: <https://llmstxt.org>.
  private static let llms = Array("llms".utf8)
  private static let methods = words("GET HEAD")
  private static let interfaces = words("api graphql wp-json rest rpc mcp xmlrpc.php")
  private static let longestInterface = interfaces.map(\.count).max() ?? 0
  private static let feedNames = Set(
    words(
      "feed feeds rss rss2 atom feed.xml feeds.xml rss.xml rss2.xml atom.xml index.xml feed.json feed.php rss.php atom.php"
    ))
  private static let feedInitials = Set(feedNames.compactMap(\.first)).sorted()
  private static let feedQueries = ["feed", "flav", "format", "type", "alt"].flatMap { name in
    ["rss", "rss2", "atom", "rdf", "feed"].map { Array("\(name)=\($0)".utf8) }
  }
  private static let longestFeedName = feedNames.map(\.count).max() ?? 0
  private static let feedSuffixes = suffixes("rss atom rdf")
  private static let documentSuffixes = suffixes(
    "pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp ps eps epub mobi txt")
}

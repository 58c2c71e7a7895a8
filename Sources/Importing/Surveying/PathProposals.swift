/// Finds segments of paths that have very many values where others have few: `/user/1` … `/user/90000`.
///
/// Pages are put into a tree of segments. Where a segment has many values that look like ids, or are requested hardly more
/// than once each, and its siblings have few, a star takes its place, and the search goes on below all values together.
struct PathProposals {
  private final class Node {
    var children: [Substring: Node] = [:]
    var requests = 0
    /// The number of pages at this node and below it.
    var pages = 0
  }

  private struct Segment {
    var pattern: String
    var name: String
  }

  /// A segment with fewer values is left alone.
  private static let leastValues = 50
  /// How many times more values than the median sibling it must have.
  private static let timesMoreThanSiblings = 10
  /// Pages under values that are no ids must be requested less often than this on average. Articles are read more often than
  /// profiles.
  private static let fewRequests = 5.0
  private static let deepest = 8

  private(set) var proposals: [PathSurvey.Proposal] = []

  /// - Parameter pages: the names of pages, and the number of their requests.
  init(_ pages: [(name: String, requests: Int)]) {
    let root = Node()
    for page in pages {
      var node = root
      let path = page.name.prefix { $0 != "?" }
      for segment in path.split(separator: "/").prefix(Self.deepest) {
        let child = node.children[segment] ?? Node()
        node.children[segment] = child
        node = child
      }
      node.requests += page.requests
      node.pages += 1
    }
    Self.sum(root)
    search(root, at: [], siblings: [])
  }

  private static func sum(_ node: Node) {
    for child in node.children.values {
      sum(child)
      node.requests += child.requests
      node.pages += child.pages
    }
  }

  /// - Parameters:
  ///   - path: the segments that lead to the node, as a rule has them on its left and on its right.
  ///   - siblings: how many values those have that stand beside this node.
  private mutating func search(_ node: Node, at path: [Segment], siblings: [Int]) {
    guard path.count < Self.deepest else { return }
    if !path.isEmpty, let word = Self.word(for: node, siblings: siblings) {
      let together = Self.merged(node)
      let path = path + [Segment(pattern: "*", name: word)]
      // Below the star first: of two rules the longer one must come first.
      search(together, at: path, siblings: [])
      let rule =
        "/" + path.map(\.pattern).joined(separator: "/") + " -> /" + path.map(\.name).joined(separator: "/")
      proposals.append(
        PathSurvey.Proposal(
          flag: "path", value: rule, before: node.pages, after: Self.count(together), requests: node.requests))
      return
    }
    let counts = node.children.values.map(\.children.count)
    for (segment, child) in node.children.sorted(by: { $0.key < $1.key }) where !segment.contains("*") {
      let name = String(segment).replacing("$", with: "$$")
      search(child, at: path + [Segment(pattern: String(segment), name: name)], siblings: counts)
    }
  }

  /// Returns the word for the values of a node's children, such as `:id`; nil if they are pages of their own.
  private static func word(for node: Node, siblings: [Int]) -> String? {
    let values = node.children.filter { !$0.key.hasPrefix(":") }
    guard values.count >= leastValues else { return nil }
    let median = siblings.sorted()[safe: siblings.count / 2] ?? 0
    guard siblings.count < 3 || values.count >= timesMoreThanSiblings * max(1, median) else { return nil }
    let ids = values.keys.count { isID($0) }
    if ids * 10 >= values.count * 9 { return ":id" }
    let (requests, pages) = values.values.reduce((0, 0)) { ($0.0 + $1.requests, $0.1 + $1.pages) }
    return Double(requests) < fewRequests * Double(pages) ? ":name" : nil
  }

  /// Whether a segment looks like an id: digits, perhaps with an extension or a short prefix. A year is none.
  private static func isID(_ segment: Substring) -> Bool {
    let digits = segment.utf8.count { $0 &- 0x30 < 10 }
    let isYear = segment.utf8.count == 4 && digits == 4 && (segment.hasPrefix("19") || segment.hasPrefix("20"))
    return !isYear && digits > 0 && digits * 2 >= segment.utf8.count
  }

  /// Returns one node for all children together.
  private static func merged(_ node: Node) -> Node {
    let together = Node()
    for child in node.children.values { add(child, to: together) }
    return together
  }

  private static func add(_ node: Node, to sum: Node) {
    sum.requests += node.requests
    sum.pages += node.pages
    for (segment, child) in node.children {
      let own = sum.children[segment] ?? Node()
      sum.children[segment] = own
      add(child, to: own)
    }
  }

  /// How many pages a tree has if those of one name are one page.
  private static func count(_ node: Node) -> Int {
    let own = node.pages > node.children.values.reduce(0) { $0 + $1.pages } ? 1 : 0
    return own + node.children.values.reduce(0) { $0 + count($1) }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

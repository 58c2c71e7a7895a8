import ByteScanning

/// The keys of a line and the fields they stand for, as a tree: keys of nested objects are below their object's key.
struct KeyTable: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    /// Where the key's name is in ``bytes``.
    var name: Range<Int>
    /// The field its value belongs to; nil for a key that only has other keys below it.
    var field: LogField?
    /// The rank, 1–15. Of several keys for one field, the one with the lowest rank wins.
    var rank: UInt8
    /// The node of the keys below it; -1 if there are none.
    var below: Int
  }

  private var bytes: [UInt8] = []
  /// The keys of each object, the outermost first.
  private var nodes: [[Entry]] = [[]]
  /// The same keys in one array, which is searched for every key of every line: those of an object by their lengths.
  private var entries: [Entry] = []
  /// Where the keys of each object begin in it, for each length up to ``longest``, and where the last ones end.
  private var starts = [Int](repeating: 0, count: longest + 2)
  /// The length of the longest key that is found. Longer ones have no meaning.
  private static let longest = 64
  /// The node of the user agent's best key if it is in an object of its own, such as the headers of the request; 0 if not.
  private(set) var nodeOfAgent = 0

  init() {}

  /// Adds a key unless it exists already. `request.headers.Referer` is a key within nested objects, or one with
  /// dots in its name.
  mutating func add(_ path: String, _ field: LogField, rank: UInt8) {
    add([KeyNames.Key(path: path, field: field, rank: rank)])
  }

  mutating func add(_ keys: [KeyNames.Key]) {
    for key in keys {
      let names = key.path.utf8.split(separator: UInt8(ascii: "."))
      add(names, key.field, rank: key.rank)
      if names.count > 1 { add([key.path.utf8[...]], key.field, rank: key.rank) }
    }
    flatten()
  }

  private mutating func add(_ names: [Substring.UTF8View], _ field: LogField, rank: UInt8) {
    var node = 0
    for (depth, name) in names.enumerated() {
      let isLast = depth == names.count - 1
      let index = entry(of: Array(name), in: node)
      if isLast {
        if nodes[node][index].field == nil {
          nodes[node][index].field = field
          nodes[node][index].rank = rank
        }
      } else {
        if nodes[node][index].below < 0 {
          nodes.append([])
          nodes[node][index].below = nodes.count - 1
        }
        node = nodes[node][index].below
      }
    }
  }

  private mutating func flatten() {
    entries.removeAll()
    starts.removeAll()
    for node in nodes {
      for length in 0...Self.longest {
        starts.append(entries.count)
        entries += node.filter { $0.name.count == length }
      }
      starts.append(entries.count)
    }
    nodeOfAgent = nodes.indices.dropFirst().first { nodes[$0].contains { $0.field == .userAgent } } ?? 0
  }

  /// Adds the keys of another table that this one does not have yet.
  mutating func merge(_ other: KeyTable) {
    other.visit(0, path: "") { path, entry in
      if let field = entry.field { add(path, field, rank: entry.rank) }
    }
  }

  private func visit(_ node: Int, path: String, _ body: (String, Entry) -> Void) {
    for entry in nodes[node] {
      let name = path + String(decoding: bytes[entry.name], as: UTF8.self)
      body(name, entry)
      if entry.below >= 0 { visit(entry.below, path: name + ".", body) }
    }
  }

  private mutating func entry(of name: [UInt8], in node: Int) -> Int {
    if let found = nodes[node].firstIndex(where: { bytes[$0.name].elementsEqual(name) }) { return found }
    let start = bytes.count
    bytes += name
    nodes[node].append(Entry(name: start..<bytes.count, field: nil, rank: 0, below: -1))
    return nodes[node].count - 1
  }

  /// Whether a key with this path has a meaning.
  func knows(_ path: String) -> Bool {
    if find(path, in: 0)?.field != nil { return true }
    var (node, last): (Int, Entry?) = (0, nil)
    for name in path.split(separator: ".") {
      last = find(String(name), in: node)
      node = last?.below ?? -1
    }
    return last?.field != nil
  }

  private func find(_ name: String, in node: Int) -> Entry? {
    let bytes = Array(name.utf8)
    return find(bytes.span, bytes.indices, in: node)
  }

  /// Returns the entry of the key in `range`; nil if the key has no meaning. Node -1 has no keys.
  func find(_ text: Span<UInt8>, _ range: Range<Int>, in node: Int) -> Entry? {
    let count = range.count
    guard node >= 0, count <= Self.longest else { return nil }
    let place = node &* (Self.longest + 2) &+ count
    for index in starts[place]..<starts[place + 1] {
      let start = entries[index].name.lowerBound
      if ByteSearch.areEqual(text, from: range.lowerBound, bytes.span, from: start, count: count) {
        return entries[index]
      }
    }
    return nil
  }
}

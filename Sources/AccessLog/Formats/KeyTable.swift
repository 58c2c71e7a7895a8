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
  /// The same keys in one array, which is searched for every key of every line, and the range of each object's keys
  /// in it.
  private var entries: [Entry] = []
  private var bounds: [Range<Int>] = [0..<0]
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
    bounds.removeAll()
    for node in nodes {
      bounds.append(entries.count..<entries.count + node.count)
      entries += node
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

  /// Returns the entry of the key in `range`; nil if the key has no meaning. Node -1 has no keys.
  func find(_ text: Span<UInt8>, _ range: Range<Int>, in node: Int) -> Entry? {
    guard node >= 0 else { return nil }
    let count = range.count
    for index in bounds[node] where entries[index].name.count == count {
      let start = entries[index].name.lowerBound
      if ByteSearch.areEqual(text, from: range.lowerBound, bytes.span, from: start, count: count) {
        return entries[index]
      }
    }
    return nil
  }
}

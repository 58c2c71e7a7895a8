import ByteScanning
import Collecting
import Hits

/// What was found for each site, day, address and agent met together, so that geo look-up and SHA-256 are done once.
struct KnownVisitors {
  /// What is kept of a pair of address and agent.
  struct Entry {
    var visitor: VisitorID?
    var place: BatchText?
    /// Whether the address is one of a robot's network; nil until it was looked up.
    var isBot: Bool?
  }

  private var cache = ByteCache<Entry>(limit: 16_384)
  private var key: [UInt8] = []

  var isFull: Bool { cache.isFull }

  mutating func removeAll() {
    cache.removeAll()
  }

  /// The index of the entry of the request's address and the draft's agent, new and empty where they were not met.
  mutating func index(of request: borrowing CollectRequest, _ draft: Draft) -> Int {
    key.removeAll(keepingCapacity: true)
    append(UInt32(draft.site))
    append(UInt32(bitPattern: draft.moment.day))
    append(UInt32(draft.agent))
    ByteCopy.append(request.bytes.span, request[.ip], to: &key)
    let key = self.key
    let index = cache.index(of: key.span, 0..<key.count)
    if cache.isNew(index) { cache.add(Entry()) }
    return index
  }

  subscript(index: Int) -> Entry {
    _read { yield cache[index] }
    _modify { yield &cache[index] }
  }

  private mutating func append(_ number: UInt32) {
    for shift in stride(from: UInt32(0), through: 24, by: 8) {
      key.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

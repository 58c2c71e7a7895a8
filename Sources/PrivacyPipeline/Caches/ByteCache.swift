import ByteScanning

/// A cache with a value for each of a limited number of byte strings.
///
/// A full cache is emptied completely. This is cheaper than tracking the order of use, and a log's working set
/// fills it again within one chunk.
struct ByteCache<Value> {
  private var keys = SymbolTable()
  private var values: [Value] = []
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Returns the index of the key's value. If the key is new, its value must be added next.
  mutating func index(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    Int(keys.intern(bytes, range))
  }

  /// Whether the key of this index has no value yet.
  func isNew(_ index: Int) -> Bool { index == values.count }

  /// Adds the value of the new key.
  mutating func add(_ value: Value) {
    values.append(value)
  }

  /// Whether the cache has reached its limit.
  var isFull: Bool { values.count >= limit }

  /// Removes everything and keeps the memory.
  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  subscript(index: Int) -> Value {
    _read { yield values[index] }
    _modify { yield &values[index] }
  }
}

import ByteScanning

/// Remembers a value for each of a bounded number of byte strings.
///
/// When it is full it forgets everything at once: cheaper than any order of use, and a log's working set fills it again
/// within one chunk.
struct ByteCache<Value> {
  private var keys = SymbolTable()
  private var values: [Value] = []
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// The index of the key's value, which is to be added next where the key is new.
  mutating func index(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    Int(keys.intern(bytes, range))
  }

  /// Whether the key of this index has no value yet.
  func isNew(_ index: Int) -> Bool { index == values.count }

  /// Adds the value of the key that is new.
  mutating func add(_ value: Value) {
    values.append(value)
  }

  /// Whether the next new key would find the cache full.
  var isFull: Bool { values.count >= limit }

  /// Forgets everything and keeps the memory.
  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  subscript(index: Int) -> Value {
    _read { yield values[index] }
    _modify { yield &values[index] }
  }
}

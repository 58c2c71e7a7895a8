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

  /// The index of the key's value, made by `make` where the key is new.
  mutating func index(
    of bytes: Span<UInt8>, _ range: Range<Int>, make: () throws -> Value
  ) rethrows -> Int {
    let symbol = Int(keys.intern(bytes, range))
    if symbol < values.count { return symbol }
    do {
      values.append(try make())
    } catch {
      removeAll()
      throw error
    }
    return symbol
  }

  /// Whether the next new key would find the cache full.
  var isFull: Bool { values.count >= limit }

  /// Forgets everything and keeps the memory.
  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  subscript(index: Int) -> Value {
    get { values[index] }
    _modify { yield &values[index] }
  }
}

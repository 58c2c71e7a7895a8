/// The classes of file extensions in a flat table, because nearly every line is looked up and a `Set` takes several
/// times as long.
struct ExtensionTable: Sendable {
  private var keys: [UInt128]
  private var classes: [LineClassifier.Class]

  /// Creates a table of extensions of 1 to 16 bytes. Others are ignored. Of duplicates, the last one applies.
  init(_ extensions: [(name: String, kind: LineClassifier.Class)]) {
    // At most half full, and a power of two.
    let room = 1 << (Int.bitWidth - extensions.count.leadingZeroBitCount + 1)
    keys = [UInt128](repeating: 0, count: room)
    classes = [LineClassifier.Class](repeating: .asset, count: room)
    for (name, kind) in extensions {
      guard let key = Self.packed(name) else { continue }
      let slot = slot(of: key)
      keys[slot] = key
      classes[slot] = kind
    }
  }

  /// Returns the class of an extension, given as the number of its bytes, the first one highest; nil if it has no
  /// class.
  subscript(key: UInt128) -> LineClassifier.Class? {
    let slot = slot(of: key)
    return keys[slot] == key && key != 0 ? classes[slot] : nil
  }

  /// Returns the slot that contains a key, or the empty one where it belongs.
  private func slot(of key: UInt128) -> Int {
    let folded = UInt64(truncatingIfNeeded: key) ^ UInt64(truncatingIfNeeded: key >> 64)
    var slot = Int(truncatingIfNeeded: (folded &* 0x9E37_79B9_7F4A_7C15) >> 40) & (keys.count &- 1)
    while keys[slot] != key, keys[slot] != 0 { slot = (slot &+ 1) & (keys.count &- 1) }
    return slot
  }

  /// Returns an extension of 1 to 16 bytes as a number; nil for other lengths.
  private static func packed(_ name: String) -> UInt128? {
    guard (1...16).contains(name.utf8.count) else { return nil }
    return name.utf8.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

/// What identifies a cell while a day is counted: the symbols of its values, and what its visits are the first in.
struct CellKey<let count: Int>: CountKey, Hashable {
  var values: [count of UInt32]
  /// See ``Firsts``; 0 if the cube has no marks.
  var firsts: Int64 = 0

  init(_ values: [count of UInt32], firsts: Int64 = 0) {
    self.values = values
    self.firsts = firsts
  }

  var packed: UInt64 {
    var packed = UInt64(bitPattern: firsts)
    // Multiplying by an odd number (FNV-1's prime) keeps what earlier values contribute.
    for index in 0..<count { packed = (packed ^ UInt64(values[index])) &* 0x100_0000_01B3 }
    return packed
  }

  static func == (left: Self, right: Self) -> Bool {
    guard left.firsts == right.firsts else { return false }
    for index in 0..<count where left.values[index] != right.values[index] { return false }
    return true
  }

  func hash(into hasher: inout Hasher) { hasher.combine(packed) }
}

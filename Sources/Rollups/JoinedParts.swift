import ByteScanning
import Hits

/// Where the parts of a text lie that ``Hits/HitBatch`` has joined, and the texts made of several of them.
struct JoinedParts {
  private var ranges: [Range<Int>] = []
  private var scratch: [UInt8] = []

  /// How many parts the text has.
  var count: Int { ranges.count }

  /// Takes a text apart.
  mutating func split(_ text: Span<UInt8>) {
    ranges.removeAll(keepingCapacity: true)
    var start = 0
    while start <= text.count {
      let end = ByteSearch.firstIndex(of: HitBatch.separator, in: text, from: start, to: text.count)
      ranges.append(start..<end)
      start = end + 1
    }
  }

  /// The range of a part of the text; empty beyond its last one.
  func range(_ part: Int) -> Range<Int> {
    part < ranges.count ? ranges[part] : 0..<0
  }

  /// The symbol of a part.
  func intern(_ part: Int, of text: Span<UInt8>, in symbols: inout SymbolTable) -> UInt32 {
    symbols.intern(text, range(part))
  }

  /// The symbol of a name and its version, with a space between them; of the name alone where there is no version.
  mutating func intern(name: Int, version: Int, of text: Span<UInt8>, in symbols: inout SymbolTable) -> UInt32 {
    if range(version).isEmpty { return symbols.intern(text, range(name)) }
    return internJoined([name, version], by: 0x20, of: text, in: &symbols)
  }

  /// The symbol of some parts, with a byte between each two.
  mutating func internJoined(
    _ parts: [Int], by byte: UInt8, of text: Span<UInt8>, in symbols: inout SymbolTable
  ) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    for part in parts {
      if part != parts.first { scratch.append(byte) }
      ByteCopy.append(text, range(part), to: &scratch)
    }
    return symbols.intern(scratch.span, 0..<scratch.count)
  }
}

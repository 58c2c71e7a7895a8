import ByteScanning
import Hits

/// The ranges of the parts of a text that ``Hits/HitBatch`` has joined, and the texts that combine several parts.
struct JoinedParts {
  private var ranges: [Range<Int>] = []
  private var scratch: [UInt8] = []

  /// The number of parts of the text.
  var count: Int { ranges.count }

  /// Splits a text.
  mutating func split(_ text: Span<UInt8>) {
    ranges.removeAll(keepingCapacity: true)
    var start = 0
    while start <= text.count {
      let end = ByteSearch.firstIndex(of: HitBatch.separator, in: text, from: start, to: text.count)
      ranges.append(start..<end)
      start = end + 1
    }
  }

  /// Returns the range of a part of the text; empty if there is no such part.
  func range(_ part: Int) -> Range<Int> {
    part < ranges.count ? ranges[part] : 0..<0
  }

  /// Returns the symbol of a part.
  func intern(_ part: Int, of text: Span<UInt8>, in symbols: inout SymbolTable) -> UInt32 {
    symbols.intern(text, range(part))
  }

  /// Returns the symbol of a name and its version, separated by a space; of the name alone if there is no version.
  mutating func intern(name: Int, version: Int, of text: Span<UInt8>, in symbols: inout SymbolTable) -> UInt32 {
    if range(version).isEmpty { return symbols.intern(text, range(name)) }
    return internJoined([name, version], by: 0x20, of: text, in: &symbols)
  }

  /// Returns the symbol of some parts, separated by a byte.
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

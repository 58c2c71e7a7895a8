import ByteScanning

/// Lists the keys of a line and where their values are, to find out what unknown keys mean.
enum LineKeys {
  /// The deepest nesting that is read. Objects below it are not fields of a log, and their paths would grow long.
  private static let mostLevels = 16

  /// What a line consists of, by the name of the format with the usual keys.
  enum Kind: String {
    /// A JSON object, possibly with a text before it.
    case json
    /// Labels and values separated by tabs.
    case ltsv
    /// Names and values separated by blanks.
    case logfmt
  }

  /// Returns what a line consists of.
  static func kind(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Kind {
    let brace = ByteSearch.firstIndex(of: Byte.openBrace, in: bytes, from: range.lowerBound, to: range.upperBound)
    let tab = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: range.lowerBound, to: brace)
    if tab < brace, brace == range.upperBound { return .ltsv }
    let equals = ByteSearch.firstIndex(of: Byte.equals, in: bytes, from: range.lowerBound, to: brace)
    return equals < brace && EnvelopeText.isName(bytes, range.lowerBound..<equals) ? .logfmt : .json
  }

  /// Returns the keys of a line and where their values are.
  static func values(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [(key: String, value: Range<Int>)] {
    switch kind(bytes, range) {
    case .json:
      let brace = ByteSearch.firstIndex(of: Byte.openBrace, in: bytes, from: range.lowerBound, to: range.upperBound)
      return keys(bytes, brace..<range.upperBound)
    case .ltsv: return labels(bytes, range)
    case .logfmt: return pairs(bytes, range)
    }
  }

  /// Returns names and values separated by blanks, up to the first word that is no pair.
  private static func pairs(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [(key: String, value: Range<Int>)] {
    var values: [(key: String, value: Range<Int>)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let blank = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: start, to: range.upperBound)
      let equals = ByteSearch.firstIndex(of: Byte.equals, in: bytes, from: start, to: blank)
      guard equals < blank else { break }
      let name = start..<equals
      var value = equals + 1..<blank
      start = blank + 1
      if value.lowerBound < range.upperBound, bytes[value.lowerBound] == Byte.quote {
        value = value.lowerBound + 1..<end(ofText: bytes, value.lowerBound, range.upperBound)
        start = value.upperBound + 2
      }
      values.append((String(decoding: ByteCopy.bytes(bytes, name), as: UTF8.self), value))
    }
    return values
  }

  /// Returns labels and values separated by tabs.
  private static func labels(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [(key: String, value: Range<Int>)] {
    var values: [(key: String, value: Range<Int>)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let tab = ByteSearch.firstIndex(of: Byte.tab, in: bytes, from: start, to: range.upperBound)
      let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: start, to: tab)
      if colon < tab {
        values.append((String(decoding: ByteCopy.bytes(bytes, start..<colon), as: UTF8.self), colon + 1..<tab))
      }
      start = tab + 1
    }
    return values
  }

  /// Returns the paths of all keys whose value is a string or a number, with dots between the keys of nested
  /// objects. For a malformed or too deeply nested object, it returns the keys up to that point.
  private static func keys(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [(key: String, value: Range<Int>)] {
    var values: [(key: String, value: Range<Int>)] = []
    var path: [String] = []
    var key: String?
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case Byte.quote:
        let end = self.end(ofText: bytes, index, range.upperBound)
        let text = index + 1..<end
        index = end + 1
        let next = EnvelopeText.afterBlanks(bytes, index, range.upperBound)
        if key == nil, next < range.upperBound, bytes[next] == Byte.colon {
          key = String(decoding: ByteCopy.bytes(bytes, text), as: UTF8.self)
          index = next + 1
        } else if let known = key {
          values.append(((path + [known]).joined(separator: "."), text))
          key = nil
        }
        continue
      case Byte.openBrace:
        if let known = key { path.append(known) }
        guard path.count <= mostLevels else { return values }
        key = nil
      case Byte.closeBrace: _ = path.popLast()
      case 0x30...0x39:
        var end = index
        while end < range.upperBound, bytes[end] &- 0x30 <= 9 || bytes[end] == Byte.dot { end += 1 }
        if let known = key { values.append(((path + [known]).joined(separator: "."), index..<end)) }
        key = nil
        index = end
        continue
      case Byte.comma: key = nil
      default: break
      }
      index += 1
    }
    return values
  }

  private static func end(ofText bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start + 1
    while index < end, bytes[index] != Byte.quote { index += bytes[index] == Byte.backslash ? 2 : 1 }
    return min(index, end)
  }
}

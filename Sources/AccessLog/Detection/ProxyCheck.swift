import ByteScanning

/// Checks whether the clients that a format finds are only proxies: the user, or the text that the format skips, has many
/// more addresses.
struct ProxyCheck {
  /// The number of lines that are examined.
  private static let mostLines = 300
  /// The smallest number of lines that allows a judgement.
  private static let fewestLines = 4
  /// The same if only one address may be a proxy's.
  private static let fewestOfOneProxy = 10

  private var lines = 0
  private var clients = Set<[UInt8]>()
  private var behind = Set<[UInt8]>()
  private var linesBehind = 0

  /// Adds a line.
  ///
  /// - Parameter rest: what the format skips after the last field it reads.
  mutating func add(_ bytes: Span<UInt8>, _ line: LogLine, rest: Range<Int>) {
    guard lines < Self.mostLines, line.forwarded.isEmpty else { return }
    lines += 1
    guard let address = Self.firstAddress(bytes, line.user) ?? Self.firstAddress(bytes, rest) else { return }
    linesBehind += 1
    clients.insert(ByteCopy.bytes(bytes, AddressShape.withoutPort(bytes, line.address)))
    behind.insert(ByteCopy.bytes(bytes, address))
  }

  /// Whether the same is certain for few lines.
  var haveClientsForSure: Bool { haveClients && Self.areProxies(clients.count, of: behind.count, lines: lines) }

  /// Whether the clients of proxies are elsewhere in the lines.
  var haveClients: Bool {
    linesBehind * 10 >= lines * 9 && Self.areFew(clients.count, of: behind.count, lines: lines)
  }

  /// Whether addresses are so few, compared with those in another field, that they are proxies.
  static func areFew(_ addresses: Int, of others: Int, lines: Int) -> Bool {
    lines >= fewestLines && others >= 3 * addresses
  }

  /// Whether the same shows in few lines. A single client may be a visitor's own proxy, or a program that invents
  /// addresses, so its lines have to be more.
  static func areProxies(_ addresses: Int, of others: Int, lines: Int) -> Bool {
    (addresses > 1 || lines >= fewestOfOneProxy) && areFew(addresses, of: others, lines: lines)
  }

  /// Returns the first word that is a public address without a port; nil if there is none.
  static func firstAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, !partsWords(bytes[end]) { end += 1 }
      let word = AddressShape.isAddress(bytes, start..<end) ? start..<end : afterName(bytes, start..<end)
      if AddressShape.isAddress(bytes, word), !AddressShape.isInner(bytes, word), !AddressShape.hasPort(bytes, word) {
        return word
      }
      start = end + 1
    }
    return nil
  }

  /// Returns what follows the name in `name:value`; the word itself if it has no name.
  private static func afterName(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Range<Int> {
    let colon = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: word.lowerBound, to: word.upperBound)
    return colon < word.upperBound ? colon + 1..<word.upperBound : word
  }

  private static func partsWords(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.space, Byte.tab, Byte.quote, Byte.comma, Byte.equals, Byte.openParenthesis, Byte.closeParenthesis: true
    default: false
    }
  }
}

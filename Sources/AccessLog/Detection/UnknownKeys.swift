import ByteScanning

/// Looks for a field that a format of keys finds in no line, in the keys that the format does not know.
struct UnknownKeys {
  /// The number of lines that are examined.
  private static let mostLines = 50

  /// What the values of a key look like.
  private struct Values {
    var lines = 0
    var addresses = Set<[UInt8]>()
    var addressLines = 0
    /// The addresses that the format takes for the clients of these lines.
    var clients = Set<[UInt8]>()
    var browsers = 0
    var methods = 0
  }

  private let keys: KeyTable
  private var values: [String: Values] = [:]
  /// The addresses that the format takes for clients.
  private var clients = Set<[UInt8]>()
  private var lines = 0

  init(_ format: LogFormat) {
    keys = format.keys
  }

  /// Whether more lines are to be examined.
  var needsLines: Bool { lines < Self.mostLines }

  /// Adds the text of a line that the format fits, without its envelopes.
  mutating func add(_ bytes: Span<UInt8>, _ text: Range<Int>, _ line: LogLine) {
    lines += 1
    let client = line.forwarded.isEmpty ? AddressShape.withoutPort(bytes, line.address) : line.forwarded
    let taken = ByteCopy.bytes(bytes, client)
    clients.insert(taken)
    for (key, value) in LineKeys.values(bytes, text) where !keys.knows(key) {
      var found = values[key] ?? Values()
      found.lines += 1
      if AddressShape.isAddress(bytes, value), !AddressShape.isInner(bytes, value) {
        found.addressLines += 1
        found.clients.insert(taken)
        found.addresses.insert(ByteCopy.bytes(bytes, value))
      }
      if ByteSearch.matches(LineParser.browser, in: bytes, at: value.lowerBound, before: value.upperBound) {
        found.browsers += 1
      }
      if ValueKind.isKnownMethod(bytes, value) { found.methods += 1 }
      values[key] = found
    }
  }

  /// Whether a key has addresses, not always the same one as a server's own would be.
  var haveClient: Bool {
    values.values.contains { $0.addressLines * 2 > lines && ($0.addresses.count > 1 || lines == 1) }
  }

  /// Whether a key has many more addresses than the keys of the client, which are a proxy's then.
  var haveMoreClients: Bool {
    values.values.contains {
      $0.addressLines * 10 >= lines * 9 && ProxyCheck.areFew(clients.count, of: $0.addresses.count, lines: lines)
    }
  }

  /// Whether a key that only some lines have is such a key: a proxy may have come in between.
  var haveMoreClientsInPart: Bool {
    values.values.contains {
      $0.addressLines * 10 >= $0.lines * 9
        && ProxyCheck.areProxies($0.clients.count, of: $0.addresses.count, lines: $0.addressLines)
    }
  }

  /// Whether a key has user agents of browsers.
  var haveAgent: Bool { values.values.contains { $0.browsers * 2 > lines } }

  /// Whether a key has methods.
  var haveMethod: Bool { values.values.contains { $0.methods * 10 > lines * 9 } }
}

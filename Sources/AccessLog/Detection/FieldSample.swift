import ByteScanning

/// What the values of one field look like in the first lines of a log, and how much they differ.
struct FieldSample {
  /// The number of values with anything in them.
  private(set) var filled = 0
  /// The number of values of each kind.
  private var counts = [Int](repeating: 0, count: 13)
  /// The addresses and lists of addresses among the values.
  private(set) var addresses = Set<[UInt8]>()
  /// The values that look like user agents.
  private var agents = Set<[UInt8]>()
  /// The number of values that are user agents of browsers.
  private var browsers = 0
  /// The number of values with more opening than closing parentheses.
  private var cutValues = 0

  /// Adds the value in `range`.
  mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) {
    var kind = ValueKind.of(bytes, range, &times)
    if kind == .none { return }
    filled += 1
    // A protocol looks like a product with its version, and a level like a method.
    if ByteSearch.matches(Self.scheme, in: bytes, at: range.lowerBound, before: range.upperBound) {
      kind.remove(.agent)
    }
    if !ValueKind.isKnownMethod(bytes, range) { kind.remove(.method) }
    for bit in counts.indices where kind.rawValue >> bit & 1 == 1 { counts[bit] += 1 }
    if kind.contains(.address) || kind.contains(.addresses) { addresses.insert(ByteCopy.bytes(bytes, range)) }
    if kind.contains(.agent) { agents.insert(ByteCopy.bytes(bytes, range)) }
    if ByteSearch.matches(LineParser.browser, in: bytes, at: range.lowerBound, before: range.upperBound) {
      browsers += 1
    }
    if isCut(bytes, range) { cutValues += 1 }
  }

  /// The share of the values, 0–1, that look like this.
  func share(_ kind: ValueKind) -> Double {
    filled == 0 ? 0 : Double(counts[kind.rawValue.trailingZeroBitCount]) / Double(filled)
  }

  /// The share of the values that are an address or a list of addresses.
  var addressShare: Double { share(.address) + share(.addresses) }

  /// Whether the values are user agents: enough of them look like one, and a separator cuts none in two.
  var isAgent: Bool { (share(.agent) > 0.3 || hasBrowsers) && cutValues * 20 <= filled }

  /// How likely the values are the visitors' user agents. A field with the names of browsers is the likeliest, then one
  /// with many different values: libraries, protocols and servers have few.
  var agentRank: (Int, Int, Double) { (hasBrowsers ? 1 : 0, agents.count, share(.agent)) }

  /// Returns which of several fields of public addresses has the client: the one whose addresses differ most. If another
  /// one's differ nearly as much, it is the one with the usual name of a forwarded client.
  ///
  /// - Returns: its index; nil if nothing shows which one it is.
  static func client(among fields: [(sample: FieldSample, isNamed: Bool)]) -> Int? {
    let counts = fields.map(\.sample.addresses.count)
    guard let best = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
    let addresses = fields[best].sample.addresses
    let rivals = fields.indices.filter { counts[$0] * 2 > counts[best] && fields[$0].sample.addresses != addresses }
    if rivals.isEmpty { return best }
    let named = fields.indices.filter { fields[$0].isNamed }
    return named.count == 1 ? named[0] : nil
  }

  private var hasBrowsers: Bool { browsers * 20 > filled }

  private func isCut(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var depth = 0
    for index in range {
      if bytes[index] == Byte.openParenthesis { depth += 1 }
      if bytes[index] == Byte.closeParenthesis { depth -= 1 }
    }
    return depth > 0
  }

  private static let scheme = Array("HTTP/".utf8)
}

import ByteScanning

/// Why a format is not trusted although it matches the lines: a field contains something else.
public enum ColumnDoubt: Equatable, Sendable {
  /// The user agent field contains addresses, URLs, hosts, cookies or numbers.
  case agent
  /// The referrer field contains user agents, addresses, hosts or cookies.
  case referrer
  /// The user agent is in a later field.
  case agentBehind
  /// All clients are in private networks, and another field contains other addresses.
  case clientBehind
  /// There are few clients, and another field has many more addresses.
  case proxies
  /// Nearly all clients are unknown or in private networks, and many browsers share each of them.
  case sharedClients
  /// Each line starts with two addresses, and nothing shows which one is the client's.
  case twoAddresses
  /// No line has a method and a path.
  case request
  /// The clients are host names, but there is only one of them, or two in many lines.
  case client
  /// The hosts end differently in most lines, as ids of requests do.
  case host
  /// Neither the lines nor their envelopes contain a time.
  case time
  /// No known key has the client, but an unknown one has addresses.
  case clientKey
  /// No known key has the user agent, but an unknown one has some.
  case agentKey
  /// No known key has the method, but an unknown one has methods.
  case methodKey

  /// Whether the lines have keys that the format does not know.
  var isAboutKeys: Bool { [.clientKey, .agentKey, .methodKey].contains(self) }
}

/// Checks whether the values a format finds in many lines look like what the format says they are.
///
/// A single line proves nothing, since clients choose their referrer and user agent. What most lines contain does.
struct ColumnCheck {
  private var lines = 0
  private var referrers = 0
  private var oddReferrers = 0
  private var agents = 0
  private var oddAgents = 0
  private var agentsBehind = 0
  private var innerClients = 0
  private var outerBehind = 0
  private var localhosts = 0
  private var answered = 0
  private var requests = 0
  private var methods = 0
  private var clients = 0
  private var bareHostAddresses: [[UInt8]: Int] = [:]
  private var names: [[UInt8]: Int] = [:]
  /// The last parts of the hosts, such as `com`.
  private var hostEnds = Set<[UInt8]>()
  /// The clients in private networks, and the browsers that have them.
  private var innerAddresses = Set<[UInt8]>()
  private var innerBrowsers = Set<[UInt8]>()

  /// Adds a line.
  ///
  /// - Parameter rest: what the format skips after the last field it reads.
  /// - Returns: whether its user agent or referrer looks like something else.
  @discardableResult
  mutating func add(_ bytes: Span<UInt8>, _ line: LogLine, rest: Range<Int>) -> Bool {
    lines += 1
    let oddBefore = oddAgents + oddReferrers + agentsBehind
    let isAgent = addAgent(bytes, line.userAgent)
    addReferrer(bytes, line.referrer)
    // A referrer that extends to the end of a user agent is followed by an unquoted field.
    let hasAgentBehind =
      Self.hasAgent(bytes, rest) || (line.userAgent.isEmpty && Self.hasAgent(bytes, line.referrer))
    if !isAgent, hasAgentBehind { agentsBehind += 1 }
    addClient(bytes, line, rest)
    if (200..<400).contains(line.status) {
      answered += 1
      if ValueKind.isMethod(bytes, line.method) || line.method.isEmpty, !line.target.isEmpty { requests += 1 }
    }
    if !line.method.isEmpty { methods += 1 }
    if !line.forwarded.isEmpty || !(line.address.isEmpty || ByteSearch.isHyphen(bytes, line.address)) { clients += 1 }
    if !line.host.isEmpty, AddressShape.isIPv4(bytes, line.host) {
      bareHostAddresses[ByteCopy.bytes(bytes, line.host), default: 0] += 1
    }
    if !line.host.isEmpty, !AddressShape.isAddress(bytes, line.host) {
      hostEnds.insert(ByteCopy.bytes(bytes, Self.lastPart(bytes, line.host)))
    }
    return oddAgents + oddReferrers + agentsBehind > oddBefore
  }

  /// What is wrong with the fields of most lines; nil if nothing is.
  var doubt: ColumnDoubt? {
    let hostAddresses = bareHostAddresses.values.reduce(0, +)
    if hostAddresses * 2 > lines, bareHostAddresses.count > 1 || lines == 1 { return .twoAddresses }
    if namedClients * 4 > lines, lines > 3, names.count < (lines < 10 ? 2 : 3) { return .client }
    if localhosts * 10 >= lines * 9, localhosts > 3 { return .client }
    if lines >= 10, hostEnds.count * 2 > lines { return .host }
    if oddAgents > 1, oddAgents * 2 > agents { return .agent }
    if agentsBehind * 2 > lines, lines > 1 { return .agentBehind }
    if oddReferrers > 1, oddReferrers * 2 > referrers { return .referrer }
    if areInner, outerBehind * 2 >= lines, outerBehind > 1 { return .clientBehind }
    if areInner, PeerCheck.areShared(innerAddresses.count, by: innerBrowsers.count) { return .sharedClients }
    return answered >= 10 && requests == 0 ? .request : nil
  }

  /// What is wrong with the fields if the lines have these keys besides the known ones; nil if nothing is.
  func doubt(_ unknown: UnknownKeys) -> ColumnDoubt? {
    if clients * 10 < lines, unknown.haveClient { return .clientKey }
    if unknown.haveMoreClients { return .proxies }
    if agents * 10 < lines, unknown.haveAgent { return .agentKey }
    return methods * 10 < lines && unknown.haveMethod ? .methodKey : nil
  }

  /// Whether nearly all clients are in private networks.
  var areInner: Bool { innerClients * 10 >= lines * 9 }

  /// The number of lines whose client is a host name.
  var namedClients: Int { names.values.reduce(0, +) }

  // MARK: Columns

  private mutating func addAgent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    agents += 1
    if ValueKind.isAgent(bytes, range) { return true }
    if Self.isOddAgent(bytes, range) { oddAgents += 1 }
    return false
  }

  /// Whether a user agent is none: it looks like another field's value.
  static func isOddAgent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    !ValueKind.isAgent(bytes, range)
      && (ValueKind.isURL(bytes, range) || AddressShape.isAddress(bytes, range) || ValueKind.isCookie(bytes, range)
        || ValueKind.isNumber(bytes, range))
  }

  private mutating func addReferrer(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    referrers += 1
    if Self.isOddReferrer(bytes, range) { oddReferrers += 1 }
  }

  /// Whether a referrer is none: it looks like another field's value.
  static func isOddReferrer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    !ValueKind.isURL(bytes, range)
      && (ValueKind.isAgent(bytes, range) || AddressShape.isAddress(bytes, range) || AddressShape.isName(bytes, range)
        || ValueKind.isCookie(bytes, range))
  }

  private mutating func addClient(_ bytes: Span<UInt8>, _ line: LogLine, _ rest: Range<Int>) {
    if !line.address.isEmpty, !AddressShape.isAddress(bytes, line.address), AddressShape.isName(bytes, line.address) {
      names[ByteCopy.bytes(bytes, line.address), default: 0] += 1
    }
    guard line.forwarded.isEmpty, AddressShape.isInnerOrNone(bytes, line.address) else { return }
    if AddressShape.isLocalhost(bytes, line.address) { localhosts += 1 }
    innerClients += 1
    if RunCheck.isBrowser(bytes, line.userAgent) {
      innerAddresses.insert(ByteCopy.bytes(bytes, AddressShape.withoutPort(bytes, line.address)))
      innerBrowsers.insert(ByteCopy.bytes(bytes, line.userAgent))
    }
    if ProxyCheck.firstAddress(bytes, rest) != nil || ProxyCheck.firstAddress(bytes, line.user) != nil {
      outerBehind += 1
    }
  }

  /// Returns what follows the last dot of a host, without its port.
  private static func lastPart(_ bytes: Span<UInt8>, _ host: Range<Int>) -> Range<Int> {
    let end = ByteSearch.firstIndex(of: Byte.colon, in: bytes, from: host.lowerBound, to: host.upperBound)
    var start = end
    while start > host.lowerBound, bytes[start - 1] != Byte.dot { start -= 1 }
    return start..<end
  }

  /// Whether one of the skipped quoted texts looks like a user agent.
  static func hasAgent(_ bytes: Span<UInt8>, _ rest: Range<Int>) -> Bool {
    var quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: rest.lowerBound, to: rest.upperBound)
    while quote + 1 < rest.upperBound {
      if ValueKind.isAgent(bytes, quote + 1..<rest.upperBound) { return true }
      quote = ByteSearch.firstIndex(of: Byte.quote, in: bytes, from: quote + 1, to: rest.upperBound)
    }
    return false
  }
}

import ByteScanning

/// Checks whether clients in private networks are proxies, in lines that may be anywhere in a log.
///
/// People do use a site from private networks: those who run it, or all visitors of an intranet. Proxies show in that
/// the lines also have other addresses, in that many browsers share a client, or in that the public clients vanish.
struct PeerCheck {
  /// The smallest number of lines with other addresses, and of these addresses.
  private static let fewestBehind = 4
  /// The smallest number of lines in a row that have only such clients, and of public lines that should have come
  /// meanwhile if their clients had not vanished. Twice as many are needed without public lines right before the row.
  private static let fewestInARow = 10
  /// The number of public lines before a row whose rate counts.
  private static let recentLines = 32
  /// The smallest number of browsers that share clients.
  static let fewestBrowsers = 5
  /// The largest number of values that are kept.
  private static let mostValues = 64

  /// Lines in a row from private networks.
  private struct Row {
    var lines = 0
    var start = 0
    var end = 0
    var firstTime: Int64 = 0
    var lastTime: Int64 = 0
    var clients = Set<[UInt8]>()
    var browsers = Set<[UInt8]>()
    /// The public lines per second right before the row; nil if there were too few.
    var rate: Double?
  }

  private var row = Row()
  private var longest = Row()
  private var publicLines = 0
  private var firstTime = Int64.max
  private var lastTime = Int64.min
  /// The times of the last public lines, one after the other around a ring.
  private var recentTimes = [Int64](repeating: 0, count: recentLines)
  private var behind = Set<[UInt8]>()
  private var linesBehind = 0
  private var firstBehind = 0
  private var lastBehind = 0

  /// Adds a line.
  ///
  /// - Parameter address: the first public address in what the format skips; nil if there is none.
  /// - Returns: whether the line seems to be a person's, from a private network, without forwarded addresses.
  mutating func add(
    _ bytes: Span<UInt8>, _ line: LogLine, behind address: Range<Int>?, _ index: Int
  ) -> Bool {
    let client = line.address
    guard line.forwarded.isEmpty, AddressShape.isInnerOrNone(bytes, client) else {
      let time = line.timestamp
      recentTimes[publicLines % Self.recentLines] = time
      publicLines += 1
      if time < firstTime { firstTime = time }
      if time > lastTime { lastTime = time }
      if row.lines > 0 { endRow() }
      return false
    }
    // Programs that watch over a server are no visitors.
    let agent = line.userAgent
    guard RunCheck.isBrowser(bytes, agent) || (agent.isEmpty && !line.lacksAgent) else { return false }
    if let address { addBehind(bytes, address, index) }
    if row.lines == 0 { beginRow(line.timestamp, index) }
    row.lines += 1
    (row.end, row.lastTime) = (index, line.timestamp)
    if row.clients.count < Self.mostValues { row.clients.insert(ByteCopy.bytes(bytes, client)) }
    if row.browsers.count < Self.mostValues { row.browsers.insert(ByteCopy.bytes(bytes, agent)) }
    return true
  }

  private mutating func addBehind(_ bytes: Span<UInt8>, _ address: Range<Int>, _ index: Int) {
    if linesBehind == 0 { firstBehind = index }
    lastBehind = index
    linesBehind += 1
    if behind.count < Self.mostValues { behind.insert(ByteCopy.bytes(bytes, address)) }
  }

  /// What is wrong with the clients of the lines so far; nil if nothing is.
  var finding: RunCheck.Finding? {
    guard behind.count >= Self.fewestBehind else { return nil }
    return RunCheck.Finding(start: firstBehind, end: lastBehind, doubt: .clientBehind)
  }

  /// Returns what is wrong with the clients of all lines; nil if nothing is.
  mutating func finish() -> RunCheck.Finding? {
    endRow()
    guard longest.lines >= Self.fewestInARow,
      Self.areShared(longest.clients.count, by: longest.browsers.count) || haveVanished
    else { return nil }
    return RunCheck.Finding(start: longest.start, end: longest.end, doubt: .sharedClients)
  }

  /// Whether so many browsers share so few clients that these are proxies.
  static func areShared(_ clients: Int, by browsers: Int) -> Bool {
    browsers >= fewestBrowsers && browsers >= 3 * clients
  }

  /// Whether many lines of public clients should have come in the time of the longest row, and few clients have come
  /// instead.
  private var haveVanished: Bool {
    guard publicLines > 0, lastTime > firstTime, longest.clients.count * 3 <= longest.lines else { return false }
    let rate = Double(publicLines) / Double(lastTime - firstTime)
    let expected = Int(min(longest.rate ?? rate, rate) * Double(longest.lastTime - longest.firstTime))
    return min(longest.lines, expected) >= Self.fewestInARow * (longest.rate == nil ? 2 : 1)
  }

  private mutating func beginRow(_ time: Int64, _ index: Int) {
    (row.start, row.firstTime) = (index, time)
    guard publicLines >= Self.recentLines else { return }
    let first = recentTimes[publicLines % Self.recentLines]
    row.rate = Double(Self.recentLines) / Double(max(1, time - first))
  }

  private mutating func endRow() {
    if row.lines > longest.lines { longest = row }
    row = Row()
  }
}

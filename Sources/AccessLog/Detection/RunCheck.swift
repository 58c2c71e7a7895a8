import ByteScanning

/// Checks runs of lines while a log is read: whether the fields still hold what its detected format says.
///
/// After a deploy that adds a field, lines may match the format of those before them although its fields now hold
/// something else. What a single client writes proves nothing, so several have to show it.
///
/// Every line gets a quick look; only those that look unusual are kept. A run begins with such a line, and ends once
/// as many usual lines have followed as it has unusual ones. It is judged up to where it was most unusual, so it may
/// be of any length and anywhere.
public struct RunCheck {
  /// A run of lines whose fields do not hold what they should.
  public struct Finding: Equatable, Sendable {
    /// The index of its first line.
    public var start: Int
    /// The index of the last line that shows it.
    public var end: Int
    /// What is wrong.
    public var doubt: ColumnDoubt
  }

  /// The largest number of lines that are judged together.
  private static let size = 32
  /// The smallest number of lines that allows a judgement.
  private static let fewest = 4
  /// The smallest number of clients whose lines look wrong.
  private static let fewestClients = 4
  /// The largest number of lines that are passed over in a log whose lines look unusual, but are not.
  private static let longestPause = 480
  /// With more lines, what the format skips is only looked at in every fourth one until a run begins.
  private static let manyLines = 2_048
  private static let fewLines = 256

  private struct Line {
    var fields: LogLine
    var text: Range<Int>
    var rest: Range<Int>
    var unknownKeys: Int
    var index: Int
  }

  private let format: LogFormat
  private let lines: Int
  /// Whether the keys of lines are examined. Lines in an envelope, or of several formats, have keys of their own.
  private let knowsKeys: Bool
  /// An unknown key in place of another does not show at a quick look. So lines with keys also form runs of usual lines, one in this many
  /// lines; 0 if there are none.
  private let linesBetweenRuns: Int
  private var run: [Line] = []
  /// The number of unusual lines in the run, less that of the usual ones.
  private var score = 0
  /// The highest score, and the number of lines up to it.
  private var peak = (score: 0, lines: 0)
  /// The number of lines to pass over, and how many it was the last time.
  private var pause = (left: 0, last: 0)
  private var peers = PeerCheck()
  /// The last address found in what the format skips. A server that writes its own there writes it in all lines.
  private var addressBehind: [UInt8] = []
  /// The largest number of unknown keys in the first line and in those that were judged.
  private var mostUnknownKeys: Int?
  private var tick = 0

  /// Creates a check.
  ///
  /// - Parameter lines: the number of lines that there may be.
  public init(_ format: LogFormat, lines: Int) {
    self.format = format
    self.lines = lines
    knowsKeys = format.hasKeys && format.envelopes.isEmpty && format.others.isEmpty
    linesBetweenRuns =
      !knowsKeys ? 0 : lines < Self.fewLines ? Self.size : lines < Self.manyLines ? 4 * Self.size : 16 * Self.size
  }

  /// Adds a line that the format matches.
  ///
  /// - Parameters:
  ///   - text: all of the line.
  ///   - rest: what the format skips after the last field it reads.
  ///   - unknownKeys: the number of its keys that the format does not know.
  ///   - index: the number of the line.
  /// - Returns: what is wrong with the fields of a run that the line completes; nil if nothing is.
  public mutating func add(
    _ bytes: Span<UInt8>, _ line: LogLine, text: Range<Int>, rest: Range<Int>, unknownKeys: Int, index: Int
  ) -> Finding? {
    let behind = rest.isEmpty && line.user.count < 7 ? nil : addressBehind(bytes, line, rest)
    let isInner = peers.add(bytes, line, behind: behind, index)
    if let finding = peers.finding { return finding }
    if pause.left > 0 {
      pause.left -= 1
      return nil
    }
    defer { mostUnknownKeys = mostUnknownKeys ?? unknownKeys }
    if isUnusual(bytes, line, rest, behind, isInner: isInner) || unknownKeys > mostUnknownKeys ?? unknownKeys {
      // A run of usual lines ends here.
      if score == 0, !run.isEmpty, let finding = judge(bytes) { return finding }
      score += 1
    } else if score > 0 {
      score -= 1
    } else if !isTurn(of: index) {
      return nil
    }
    let isOfUsualLines = score == 0 && peak.score == 0
    run.append(Line(fields: line, text: text, rest: rest, unknownKeys: unknownKeys, index: index))
    if isOfUsualLines || score > peak.score { peak = (score, run.count) }
    return run.count < Self.size && (score > 0 || isOfUsualLines) ? nil : judge(bytes)
  }

  /// Whether a usual line belongs to a run of usual lines.
  private func isTurn(of index: Int) -> Bool {
    linesBetweenRuns > 0 && (index % linesBetweenRuns < Self.size || index + Self.size >= lines)
  }

  /// Returns what is wrong with the fields of the lines since the last run, or with the clients of all lines.
  public mutating func finish(_ bytes: Span<UInt8>) -> Finding? {
    judge(bytes) ?? peers.finish()
  }

  // MARK: A quick look

  /// Whether a field looks like something else, or what the format skips has the user agent or another address.
  private mutating func isUnusual(
    _ bytes: Span<UInt8>, _ line: LogLine, _ rest: Range<Int>, _ behind: Range<Int>?, isInner: Bool
  ) -> Bool {
    let agent = line.userAgent
    if !Self.isBrowser(bytes, agent) {
      if !agent.isEmpty, ColumnCheck.isOddAgent(bytes, agent) { return true }
      if agent.isEmpty, knowsKeys, !line.lacksAgent { return true }
      if !rest.isEmpty, !ValueKind.isAgent(bytes, agent), ColumnCheck.hasAgent(bytes, rest) { return true }
    }
    let referrer = line.referrer
    if let first = referrer.first, bytes[first] != Byte.slash, !Self.isHTTP(bytes, referrer),
      ColumnCheck.isOddReferrer(bytes, referrer)
    {
      return true
    }
    if knowsKeys, line.method.isEmpty { return true }
    if isInner, knowsKeys || !line.host.isEmpty && AddressShape.isIPv4(bytes, line.host) { return true }
    guard let behind, line.forwarded.isEmpty else { return false }
    let isOther = !isSame(bytes, behind)
    if isOther { addressBehind = ByteCopy.bytes(bytes, behind) }
    return isOther
  }

  private func isSame(_ bytes: Span<UInt8>, _ address: Range<Int>) -> Bool {
    address.count == addressBehind.count
      && ByteSearch.matches(addressBehind, in: bytes, at: address.lowerBound, before: address.upperBound)
  }

  /// Returns the public address behind the fields that are read, or in that of the user; nil if there is none, or if
  /// it is not this line's turn.
  private mutating func addressBehind(
    _ bytes: Span<UInt8>, _ line: LogLine, _ rest: Range<Int>
  ) -> Range<Int>? {
    tick &+= 1
    if lines > Self.manyLines, run.isEmpty, tick & 3 != 0 { return nil }
    return ProxyCheck.firstAddress(bytes, line.user) ?? ProxyCheck.firstAddress(bytes, rest)
  }

  /// Whether a user agent begins as those of browsers do: `Mozilla/`.
  static func isBrowser(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count > 8 && bytes[start] == UInt8(ascii: "M") && bytes[start + 7] == Byte.slash
  }

  private static func isHTTP(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count > 7 && bytes[start] == UInt8(ascii: "h") && bytes[start + 3] == UInt8(ascii: "p")
  }

  // MARK: Judging

  /// Judges the run, and begins another one.
  private mutating func judge(_ bytes: Span<UInt8>) -> Finding? {
    let judged = run.prefix(peak.lines)
    let isFull = run.count == Self.size
    let wasUnusual = peak.score > 0
    defer {
      run.removeAll(keepingCapacity: true)
      (score, peak) = (0, (0, 0))
    }
    guard judged.count >= Self.fewest, let first = judged.first, let last = judged.last else { return nil }
    if let doubt = doubt(bytes, judged) { return Finding(start: first.index, end: last.index, doubt: doubt) }
    mostUnknownKeys = max(mostUnknownKeys ?? 0, judged.reduce(0) { max($0, $1.unknownKeys) })
    if isFull, wasUnusual {
      pause.last = min(max(Self.size, pause.last * 2), Self.longestPause)
      pause.left = pause.last
    }
    return nil
  }

  private func doubt(_ bytes: Span<UInt8>, _ run: ArraySlice<Line>) -> ColumnDoubt? {
    var check = ColumnCheck()
    var proxies = ProxyCheck()
    var unknown = knowsKeys ? UnknownKeys(format) : nil
    var oddClients = Set<[UInt8]>()
    for line in run {
      if check.add(bytes, line.fields, rest: line.rest) {
        oddClients.insert(ByteCopy.bytes(bytes, line.fields.address))
      }
      proxies.add(bytes, line.fields, rest: line.rest)
      unknown?.add(bytes, line.text, line.fields)
    }
    switch check.doubt {
    case .agent, .referrer, .agentBehind: return oddClients.count < Self.fewestClients ? nil : check.doubt
    // Visitors choose the host, but not a peer in a private network.
    case .twoAddresses: return check.areInner ? check.doubt : nil
    case .clientBehind: return check.doubt
    default:
      if let unknown, let doubt = check.doubt(unknown) { return doubt }
      if let unknown, unknown.haveMoreClientsInPart { return .proxies }
      return proxies.haveClientsForSure ? .proxies : nil
    }
  }
}

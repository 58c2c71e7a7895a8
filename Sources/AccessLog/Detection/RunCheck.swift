import ByteScanning

/// Checks runs of lines while a log is read: whether the fields still hold what its detected format says.
///
/// After a deploy that adds a field, lines may match the format of those before them although its fields now hold
/// something else. What a single client writes proves nothing, so several have to show it.
public struct RunCheck {
  /// The number of lines in a run.
  private static let size = 32
  /// The smallest number of lines that allows a judgement.
  private static let fewest = 10
  /// The smallest number of clients whose lines look wrong.
  private static let fewestClients = 4

  private var check = ColumnCheck()
  private var proxies = ProxyCheck()
  private var unknown: UnknownKeys?
  private let format: LogFormat
  private var lines = 0
  private var oddClients = Set<[UInt8]>()

  /// Creates a check without lines.
  public init(_ format: LogFormat) {
    self.format = format
    // Lines in an envelope, or of several formats, have keys of their own.
    if format.hasKeys, format.envelopes.isEmpty, format.others.isEmpty { unknown = UnknownKeys(format) }
  }

  /// Whether the next line begins a run.
  public var isEmpty: Bool { lines == 0 }

  /// Adds a line that the format matches.
  ///
  /// - Parameters:
  ///   - text: all of the line.
  ///   - rest: what the format skips after the last field it reads.
  /// - Returns: what is wrong with the fields of a run that the line completes; nil if nothing is.
  public mutating func add(
    _ bytes: Span<UInt8>, _ line: LogLine, text: Range<Int>, rest: Range<Int>
  ) -> ColumnDoubt? {
    if check.add(bytes, line, rest: rest) { oddClients.insert(ByteCopy.bytes(bytes, line.address)) }
    proxies.add(bytes, line, rest: rest)
    unknown?.add(bytes, text, line)
    lines += 1
    return lines < Self.size ? nil : finish()
  }

  /// Returns what is wrong with the fields of the lines since the last run, and begins another one.
  public mutating func finish() -> ColumnDoubt? {
    defer { self = RunCheck(format) }
    guard lines >= Self.fewest else { return nil }
    switch check.doubt {
    case .agent, .referrer, .agentBehind: return oddClients.count < Self.fewestClients ? nil : check.doubt
    // Visitors choose the host, but not a peer in a private network.
    case .twoAddresses: return check.areInner ? check.doubt : nil
    case .clientBehind: return check.doubt
    default: return unknown.flatMap { check.doubt($0) } ?? (proxies.haveClients ? .proxies : nil)
    }
  }
}

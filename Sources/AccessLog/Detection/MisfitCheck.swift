import ByteScanning

/// Looks for runs of lines that no format matches, although they are about requests.
///
/// Broken lines are scattered among others, or come from one client. Lines of another shape follow each other and come
/// from many.
public struct MisfitCheck {
  /// The smallest number of lines in a run.
  private static let fewest = 10
  /// The smallest number of different addresses in a run with addresses.
  private static let fewestAddresses = 3
  /// The largest number of lines of a run that are examined.
  private static let mostLines = 100

  private var run: [(index: Int, line: Range<Int>)] = []
  private var score = 0
  private var peak = (score: 0, lines: 0)
  /// The indices of the lines of the first run; nil if there is none.
  public private(set) var found: [Int]?

  /// Creates a check without lines.
  public init() {}

  /// Adds a line.
  ///
  /// - Parameter isMisfit: whether no format matches the line.
  public mutating func add(_ bytes: Span<UInt8>, _ line: Range<Int>, isMisfit: Bool, index: Int) {
    guard found == nil, isMisfit || score > 0 else { return }
    score += isMisfit ? 1 : -1
    if isMisfit { run.append((index, line)) }
    if score > peak.score { peak = (score, run.count) }
    if score == 0 { finish(bytes) }
  }

  /// Judges the lines since the last run.
  public mutating func finish(_ bytes: Span<UInt8>) {
    let judged = run.prefix(peak.lines)
    run = []
    (score, peak) = (0, (0, 0))
    guard found == nil, judged.count >= Self.fewest else { return }
    var addresses = Set<[UInt8]>()
    var (requests, named) = (0, 0)
    let examined = judged.prefix(Self.mostLines)
    for (_, line) in examined {
      if ValueKind.hasMethod(bytes, line) { requests += 1 }
      guard let address = ProxyCheck.firstAddress(bytes, line) else { continue }
      named += 1
      addresses.insert(ByteCopy.bytes(bytes, address))
    }
    guard requests * 2 > examined.count, named * 2 < examined.count || addresses.count >= Self.fewestAddresses else {
      return
    }
    found = judged.map(\.index)
  }
}

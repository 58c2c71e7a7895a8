import ByteScanning

/// Finds the format of a log from its first lines.
public enum FormatDetector {
  /// How many lines are looked at.
  public static let sampleSize = 1_000

  /// What was found.
  public struct Finding: Equatable, Sendable {
    /// The format that fits best; nil where none fits a single line.
    public var format: LogFormat?
    /// How many lines were looked at, without blank lines and comments.
    public var lines: Int
    /// The share of these lines it fits, 0–1.
    public var rate: Double
    /// The next best one and its share.
    public var runnerUp: LogFormat?
    /// The share of the lines the runner-up fits, 0–1.
    public var runnerUpRate: Double
  }

  private struct Score {
    var format: LogFormat
    var fitting = 0
    var fields = 0
    var lines = 0

    var rate: Double { lines == 0 ? 0 : Double(fitting) / Double(lines) }
  }

  /// Tries all presets on the first lines of the bytes in `range`.
  ///
  /// More fitting lines win; of formats that fit the same lines the one that finds more fields wins.
  public static func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Finding {
    let scores = LogFormat.presets.map { score($0, bytes, range) }
    let ranked = scores.enumerated().sorted {
      ($0.element.fitting, $0.element.fields, -$0.offset) > ($1.element.fitting, $1.element.fields, -$1.offset)
    }.map(\.element)
    return Finding(
      format: ranked[0].fitting > 0 ? ranked[0].format : nil, lines: ranked[0].lines, rate: ranked[0].rate,
      runnerUp: ranked[1].fitting > 0 ? ranked[1].format : nil, runnerUpRate: ranked[1].rate)
  }

  private static func score(_ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Score {
    var score = Score(format: format)
    var parser = LineParser(format)
    var scanner = LineScanner(range)
    var line = LogLine()
    var seen = 0
    while seen < sampleSize, let next = scanner.next(in: bytes) {
      seen += 1
      switch parser.parse(bytes, next, into: &line) {
      case .empty, .comment: continue
      case nil where isPlausible(bytes, line, format):
        score.fitting += 1
        score.fields += fields(line)
        score.lines += 1
      default:
        score.lines += 1
      }
    }
    return score
  }

  private static func fields(_ line: LogLine) -> Int {
    [line.host, line.method, line.referrer, line.userAgent].count { !$0.isEmpty }
  }

  /// Whether the values look like what the format says they are: a client is an address or a name, not `-`; a host before
  /// it is no address list, and the client after a host is an address or a name, too.
  private static func isPlausible(_ bytes: Span<UInt8>, _ line: LogLine, _ format: LogFormat) -> Bool {
    guard format.hasHost else { return true }
    let isDash = line.address.count == 1 && bytes[line.address.lowerBound] == Byte.hyphen
    return !isDash && bytes[line.host.upperBound - 1] != Byte.comma
  }
}

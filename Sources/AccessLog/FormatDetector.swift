import ByteScanning
import Hits

/// Finds the format of a log from its first lines.
public struct FormatDetector: Sendable {
  /// How many lines are looked at.
  public static let sampleSize = 1_000
  /// How many lines are looked at first, to leave out formats that fit none of them.
  private static let firstLook = 50

  /// A format and how well it fits.
  public struct Candidate: Equatable, Sendable {
    /// The format.
    public var format: LogFormat
    /// How many lines it fits.
    public var fitting = 0
    /// How many fields it finds in them, all together.
    public var fields = 0
  }

  /// What was found.
  public struct Finding: Equatable, Sendable {
    /// The format that fits best, with those that fit other lines of a mixed log; nil where none fits a single line, or
    /// where two fit equally well and read different things.
    public var format: LogFormat?
    /// How many lines were looked at, without blank lines and comments.
    public var lines = 0
    /// The formats that fit some lines, the best one first.
    public var candidates: [Candidate] = []
    /// Whether two formats fit equally well and read different things.
    public var isAmbiguous = false

    /// The share of the lines that the best format fits, with those of a mixed log, 0–1.
    public var rate = 0.0
    /// The best format and up to two others, each of which reads something else than those before it.
    public var distinct: [Candidate] = []
    /// The next best format that reads something else.
    public var runnerUp: Candidate? { distinct.count > 1 ? distinct[1] : nil }

    /// Nothing yet.
    public init() {}

    /// The share of the lines that a candidate fits, 0–1.
    public func rate(of candidate: Candidate) -> Double {
      lines == 0 ? 0 : Double(candidate.fitting) / Double(lines)
    }
  }

  /// The formats that are tried, the likelier ones first.
  private let formats: [LogFormat]
  private let zone: LocalCalendar

  /// A detector that tries all presets.
  ///
  /// - Parameters:
  ///   - own: formats of the operator's, which are tried before them.
  ///   - zone: the zone of times that name none.
  public init(own: [LogFormat] = [], zone: LocalCalendar = .utc) {
    formats = own + FormatCatalog.detected
    self.zone = zone
  }

  /// Tries the formats on the first lines of the bytes in `range`.
  ///
  /// More fitting lines win; of formats that fit the same number of lines the one that finds more fields wins.
  public func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Finding {
    var finding = Finding()
    let promising = formats.filter { score($0, bytes, range, Self.firstLook).candidate.fitting > 0 }
    for format in promising.isEmpty ? formats : promising {
      let score = score(format, bytes, range, Self.sampleSize)
      finding.lines = score.lines
      if score.candidate.fitting > 0 { finding.candidates.append(score.candidate) }
    }
    finding.candidates = finding.candidates.enumerated().sorted {
      ($0.element.fitting, $0.element.fields, -$0.offset) > ($1.element.fitting, $1.element.fields, -$1.offset)
    }.map(\.element)
    choose(bytes, range, &finding)
    return finding
  }

  /// The share of the first lines that a format fits, 0–1; 1 where there are none.
  public static func rate(
    of format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>, zone: LocalCalendar
  ) -> Double {
    let score = FormatDetector(zone: zone).score(format, bytes, range, sampleSize)
    return score.lines == 0 ? 1 : Double(score.candidate.fitting) / Double(score.lines)
  }

  private func choose(_ bytes: Span<UInt8>, _ range: Range<Int>, _ finding: inout Finding) {
    guard let best = finding.candidates.first else { return }
    finding.rate = finding.rate(of: best)
    for candidate in finding.candidates where finding.distinct.count < 3 {
      let isNew = finding.distinct.allSatisfy { differ($0.format, candidate.format, bytes, range) }
      if isNew { finding.distinct.append(candidate) }
    }
    if let next = finding.runnerUp, next.fitting == best.fitting, next.fields == best.fields {
      finding.isAmbiguous = true
      return
    }
    var format = best.format
    var fitting = best.fitting
    for other in finding.candidates.dropFirst() where !other.format.isHeaderDriven && !format.isHeaderDriven {
      let mixed = best.format.mixed(with: format.others + [other.format])
      let score = score(mixed, bytes, range, Self.sampleSize).candidate.fitting
      guard score - fitting > finding.lines / 100 else { continue }
      format = mixed
      fitting = score
    }
    finding.format = format
    finding.rate = Double(fitting) / Double(max(finding.lines, 1))
  }

  /// How well a format fits up to `limit` lines, and how many of them are neither blank nor comments.
  private func score(
    _ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>, _ limit: Int
  ) -> (candidate: Candidate, lines: Int) {
    var candidate = Candidate(format: format)
    var lines = 0
    eachLine(format, bytes, range, limit) { line, reason in
      guard reason != .empty, reason != .comment else { return }
      lines += 1
      guard reason == nil, Plausibility.isPlausible(bytes, line) else { return }
      candidate.fitting += 1
      candidate.fields += Plausibility.fields(bytes, line)
    }
    return (candidate, lines)
  }

  /// Whether two formats read different things in a line that both fit.
  private func differ(_ one: LogFormat, _ other: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var lines: [LogLine?] = []
    eachLine(one, bytes, range, Self.sampleSize) { line, reason in lines.append(reason == nil ? line : nil) }
    var number = 0
    var result = false
    var fitsMore = false
    eachLine(other, bytes, range, Self.sampleSize) { line, reason in
      if let known = lines[number], reason == nil {
        result = result || !Plausibility.areAlike(known, line)
      } else if reason == nil {
        fitsMore = true
      }
      number += 1
    }
    return result || fitsMore
  }

  private func eachLine(
    _ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>, _ limit: Int,
    _ body: (LogLine, MalformedLine?) -> Void
  ) {
    var parser = LineParser(format, zone: zone)
    var scanner = LineScanner(range)
    var line = LogLine()
    var seen = 0
    while seen < limit, let next = scanner.next(in: bytes) {
      seen += 1
      let reason = parser.parse(bytes, next, into: &line)
      body(line, reason)
    }
  }
}

/// Whether the values of a line look like what the format says they are.
private enum Plausibility {
  /// A host is no list of addresses, no quoted text and not followed by a client `-`; a client is no date.
  static func isPlausible(_ bytes: Span<UInt8>, _ line: LogLine) -> Bool {
    guard !line.host.isEmpty else { return true }
    let isDash = line.address.count == 1 && bytes[line.address.lowerBound] == Byte.hyphen
    return !isDash && bytes[line.host.upperBound - 1] != Byte.comma && bytes[line.host.lowerBound] != Byte.quote
  }

  /// How many fields tell something. A host that is an address does not tell hosts from clients.
  static func fields(_ bytes: Span<UInt8>, _ line: LogLine) -> Int {
    let isHostAddress = !line.host.isEmpty && ForwardedList.isPlausible(bytes, line.host)
    let told = [line.address, line.method, line.referrer, line.userAgent, line.forwarded].count { !$0.isEmpty }
    return told + (line.host.isEmpty || isHostAddress ? 0 : 1)
  }

  /// Whether two readings of a line come to the same.
  static func areAlike(_ one: LogLine, _ other: LogLine) -> Bool {
    one.timestamp == other.timestamp && one.address == other.address && one.host == other.host
      && one.target == other.target && one.status == other.status && one.userAgent == other.userAgent
      && one.referrer == other.referrer && one.forwarded == other.forwarded
  }
}

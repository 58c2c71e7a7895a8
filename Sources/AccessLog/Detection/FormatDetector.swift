import ByteScanning
import Hits

/// Detects the format of a log from its first lines.
///
/// A format is accepted only if what it finds is plausible: the parser rejects each line with an invalid client,
/// host, time or status, and ``ColumnCheck`` checks what most lines contain. docs/formats.md describes this for
/// users.
public struct FormatDetector: Sendable {
  /// The number of lines that are examined.
  public static let sampleSize = 1_000
  /// The number of lines on which a known format is judged.
  private static let judgedLines = 300
  /// The interval, in lines, at which all formats are tried, even if another one fits the line.
  private static let probing = 100
  /// The number of lines on which formats are tried as if they had a time, and that time.
  private static let linesTriedWithoutTime = 10
  private static let anyTime: Int64 = 86_400

  /// A format and how well it fits.
  public struct Candidate: Equatable, Sendable {
    /// The format.
    public var format: LogFormat
    /// The number of lines it fits.
    public var fitting = 0
    /// The number of these lines with a client.
    public var clients = 0
    /// The number of fields found in these lines, in total.
    public var fields = 0
    /// The number of these lines with forwarded addresses.
    var forwarded = 0
    /// Which lines it fits.
    var fits: [Bool] = []
    /// What is wrong with the fields it finds; nil if nothing is.
    public var doubt: ColumnDoubt?
  }

  /// The result of a detection.
  public struct Finding: Equatable, Sendable {
    /// The format that fits best, mixed with those that fit other lines of the log; nil if no format fits any line,
    /// or if two fit equally well but read different values.
    public var format: LogFormat?
    /// The number of lines examined, without blank lines and comments.
    public var lines = 0
    /// The formats that fit some lines, the best one first.
    public var candidates: [Candidate] = []
    /// Whether two formats fit equally well but read different values.
    public var isAmbiguous = false
    /// The formats that fit lines but are not trusted.
    public var doubted: [Candidate] = []
    /// A text for `--format` that describes the lines; nil if a format was detected, or if no text could be derived.
    public var suggestion: String?

    /// Whether the lines come from an access log whose format the operator has to name.
    public var needsWord: Bool {
      format == nil && (isAmbiguous || suggestion != nil || (doubted.first?.fitting ?? 0) * 2 > lines)
    }

    /// The share of the lines, 0–1, that the best format fits, including the other formats of a mixed log.
    public var rate = 0.0
    /// The best format and up to two others, each of which reads the lines differently from those before it.
    public var distinct: [Candidate] = []
    /// The next best format that reads the lines differently.
    public var runnerUp: Candidate? { distinct.count > 1 ? distinct[1] : nil }

    /// Creates an empty result.
    public init() {}

    /// Returns the share of the lines, 0–1, that a candidate fits.
    public func rate(of candidate: Candidate) -> Double {
      lines == 0 ? 0 : Double(candidate.fitting) / Double(lines)
    }
  }

  /// The formats to try, the likelier ones first.
  private let formats: [LogFormat]
  private let zone: LocalCalendar

  /// Creates a detector that tries all presets.
  ///
  /// - Parameters:
  ///   - own: the operator's own formats, which are tried first.
  ///   - zone: the zone of times that have no offset.
  public init(own: [LogFormat] = [], zone: LocalCalendar = .utc) {
    formats = own + FormatCatalog.detected
    self.zone = zone
  }

  /// Tries the formats on the first lines of the bytes in `range`.
  public func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Finding {
    var sample = DetectionSample(bytes, range, limit: Self.sampleSize, zone: zone)
    var candidates = candidates(sample, formats)
    // Names and values behind an envelope may be another format's than the one that reads some of them.
    candidates += carried(&sample, explained: candidates.filter { !($0.doubt?.isAboutKeys ?? false) })
    candidates += named(sample, candidates)
    return finding(&sample, candidates)
  }

  /// Returns how well a format fits the first lines; nil if there are no lines.
  ///
  /// The candidate's format accepts host names as clients if more than a quarter of the matching lines need it.
  public func judge(
    _ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> (candidate: Candidate, lines: Int)? {
    var sample = DetectionSample(bytes, range, limit: Self.judgedLines, zone: zone)
    if format.needsUnwrapping { sample.unwrap() }
    guard sample.lines > 0 else { return nil }
    let plain = sample.score(format).candidate
    if plain.fitting * 4 > sample.lines * 3 { return (plain, sample.lines) }
    // Accept host names as clients if more than a quarter of the matching lines need it: servers that look up host
    // names find none for many addresses.
    let named = sample.score(format.acceptingNames).candidate
    return (named.fitting * 3 > plain.fitting * 4 ? named : plain, sample.lines)
  }

  /// Whether a text for `--format` reads the lines in `range` right, as far as they show it.
  public func confirms(_ text: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var sample = DetectionSample(bytes, range, limit: Self.sampleSize, zone: zone)
    return FormatSuggestion.fits(text, &sample)
  }

  // MARK: Candidates

  /// Returns the formats that fit lines, each judged on all lines.
  ///
  /// Formats are tried on the first line, on each hundredth, and on every line that no format fits so far. A format
  /// is judged once it fits one of them.
  private func candidates(_ sample: DetectionSample, _ formats: [LogFormat]) -> [Candidate] {
    var found: [Candidate] = []
    var trial = FormatTrial(formats, zone: zone)
    // Whether such a format matches a line depends on the headers before it.
    for (number, format) in formats.enumerated() where format.followsHeaders {
      trial.drop(number)
      let candidate = sample.score(format).candidate
      if candidate.fitting > 0 { found.append(candidate) }
    }
    for line in sample.ranges.indices where sample.isLine[line] {
      if line % Self.probing != 0, found.contains(where: { $0.fits[line] }) { continue }
      found += trial.called(by: line, of: sample).map { sample.score($0).candidate }
    }
    return found.map(Self.renamed)
  }

  /// Returns the formats that fit once envelopes are stripped, for lines that no format fits as they are.
  private func carried(_ sample: inout DetectionSample, explained: [Candidate]) -> [Candidate] {
    guard
      sample.ranges.indices.contains(where: { line in
        sample.isLine[line] && !explained.contains { $0.fits[line] }
      })
    else { return [] }
    sample.unwrap()
    var found: [Candidate] = []
    var trials: [[Envelope]: FormatTrial] = [:]
    let formats = self.formats.filter { !$0.isHeaderDriven && $0.envelopes.isEmpty || $0.envelopesAreOptional }
    for line in sample.ranges.indices where sample.isLine[line] {
      let isExplained = explained.contains { $0.fits[line] } || found.contains { $0.fits[line] }
      if isExplained { continue }
      for chain in sample.envelopes(ofLine: line) {
        let behind = chain.reversed()
        var trial =
          trials.removeValue(forKey: chain)
          ?? FormatTrial(formats.map { format in behind.reduce(format) { $0.behind($1) } }, zone: zone)
        found += trial.called(by: line, of: sample).map { sample.score($0).candidate }
        trials[chain] = trial
      }
    }
    return found.map(Self.renamed)
  }

  /// Returns the formats of a log with many host names as clients. They are tried if no other format fits three
  /// quarters of the lines: servers that look up host names find none for many addresses.
  private func named(_ sample: DetectionSample, _ candidates: [Candidate]) -> [Candidate] {
    let unexplained = sample.ranges.indices.count { line in
      sample.isLine[line] && !candidates.contains { $0.fits[line] }
    }
    guard unexplained * 4 > sample.lines else { return [] }
    let formats = formats.filter { $0.envelopes.isEmpty && !$0.isHeaderDriven }.map(\.acceptingNames)
    let tried = formats + candidates.filter { !$0.format.envelopes.isEmpty }.map(\.format.acceptingNames)
    return self.candidates(sample, tried).filter { sample.hasNamedClients($0.format) }
  }

  /// Returns a candidate that reads forwarded addresses under the name of the plain format if no line contains any.
  private static func renamed(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    if candidate.forwarded == 0 { candidate.format.name = candidate.format.nameWithoutForwarded }
    return candidate
  }

  // MARK: Choice

  private func finding(_ sample: inout DetectionSample, _ candidates: [Candidate]) -> Finding {
    var finding = Finding()
    finding.lines = sample.lines
    let sorted = candidates.enumerated().sorted { one, other in
      (one.element.clients, one.element.fitting, one.element.fields, -one.offset)
        > (other.element.clients, other.element.fitting, other.element.fields, -other.offset)
    }.map(\.element)
    finding.candidates = sorted.filter { $0.doubt == nil }
    finding.doubted = sorted.filter { $0.doubt != nil }
    choose(sample, &finding)
    guard finding.rate < 0.5, finding.lines > 0, !finding.isAmbiguous || finding.candidates.isEmpty else {
      return finding
    }
    finding.suggestion = FormatSuggestion.text(&sample)
    // Lines of other programs may be mixed in with the server's. But if a text can be derived that describes most
    // lines, a format that fits few of them is wrong.
    if finding.suggestion != nil { finding.format = nil }
    if finding.format == nil, finding.doubted.isEmpty { finding.doubted = timeless(sample) }
    return finding
  }

  /// Returns the format that would fit if its lines had a time.
  private func timeless(_ sample: DetectionSample) -> [Candidate] {
    var trial = FormatTrial(formats, zone: zone, assuming: Self.anyTime)
    let first = sample.isLine.indices.filter { sample.isLine[$0] }.prefix(Self.linesTriedWithoutTime)
    let candidates = first.flatMap { trial.called(by: $0, of: sample) }.map { format in
      var candidate = sample.score(format, assuming: Self.anyTime).candidate
      candidate.doubt = .time
      return candidate
    }
    return candidates.filter { $0.fitting * 2 > sample.lines }.max { $0.fitting < $1.fitting }.map { [$0] } ?? []
  }

  private func choose(_ sample: DetectionSample, _ finding: inout Finding) {
    // If a format that is not trusted fits far more lines than any other, the others are not trusted either.
    let worst = finding.doubted.first
    guard let best = finding.candidates.first, best.fitting * 20 >= (worst?.fitting ?? 0) else {
      finding.isAmbiguous = worst?.doubt == .twoAddresses
      return
    }
    finding.rate = finding.rate(of: best)
    for candidate in finding.candidates.prefix(6) where finding.distinct.count < 3 {
      let isNew = finding.distinct.allSatisfy { sample.differ($0.format, candidate.format) }
      if isNew { finding.distinct.append(candidate) }
    }
    if let next = finding.runnerUp, next.fits == best.fits, next.fields == best.fields, next.clients == best.clients,
      next.format.nameWithoutEnvelopes != best.format.nameWithoutEnvelopes
    {
      finding.isAmbiguous = true
      return
    }
    mix(best, &finding)
  }

  /// Adds each format that fits more than one in a hundred of the lines, not counting lines that are fitted already. A
  /// format that reads what the best one skips comes first, and has all its lines.
  private func mix(_ best: Candidate, _ finding: inout Finding) {
    var format = best.format
    var covered = best.fits
    for other in finding.candidates.dropFirst() {
      let readsMore = best.format.skipsRest && other.format.readsRest
      let more = covered.indices.count { other.fits[$0] && (readsMore || !covered[$0]) }
      guard more > finding.lines / 100 else { continue }
      format = readsMore ? other.format.mixed(with: format.alternatives) : format.mixed(with: other.format.alternatives)
      for line in covered.indices where other.fits[line] { covered[line] = true }
    }
    finding.format = format
    finding.rate = Double(covered.count { $0 }) / Double(max(finding.lines, 1))
  }
}

import ByteScanning
import Hits

/// Finds the format of a log from its first lines.
///
/// A format is found only where what it finds is plausible: line by line the parser refuses clients, hosts, times and statuses
/// that are none, and ``ColumnCheck`` looks at what most lines hold. docs/formats.md tells it to users.
public struct FormatDetector: Sendable {
  /// How many lines are looked at.
  public static let sampleSize = 1_000
  /// How many lines a format that is known is judged by.
  private static let judgedLines = 300
  /// Every so many lines all formats are tried, also those that no line has called for.
  private static let probing = 100

  /// A format and how well it fits.
  public struct Candidate: Equatable, Sendable {
    /// The format.
    public var format: LogFormat
    /// How many lines it fits.
    public var fitting = 0
    /// How many of them tell a client.
    public var clients = 0
    /// How many fields it finds in them, all together.
    public var fields = 0
    /// How many of them tell forwarded addresses.
    var forwarded = 0
    /// Which lines it fits.
    var fits: [Bool] = []
    /// What is wrong with what it finds; nil where nothing is.
    public var doubt: ColumnDoubt?
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
    /// The formats that fit lines, but are not believed.
    public var doubted: [Candidate] = []
    /// A text that describes the lines, for `--format`; nil where a format was found or none could be made out.
    public var suggestion: String?

    /// Whether the lines are an access log's whose format the operator has to tell.
    public var needsWord: Bool {
      format == nil && (isAmbiguous || suggestion != nil || (doubted.first?.fitting ?? 0) * 2 > lines)
    }

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
  public func detect(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Finding {
    var sample = DetectionSample(bytes, range, limit: Self.sampleSize, zone: zone)
    var candidates = candidates(sample, formats)
    candidates += carried(&sample, explained: candidates)
    candidates += named(sample, candidates)
    return finding(sample, candidates)
  }

  /// How well a format fits the first lines; nil where there are none.
  ///
  /// The format of the candidate takes host names for clients where more than a quarter of theirs are.
  public func judge(
    _ format: LogFormat, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> (candidate: Candidate, lines: Int)? {
    var sample = DetectionSample(bytes, range, limit: Self.judgedLines, zone: zone)
    if format.needsUnwrapping { sample.unwrap() }
    guard sample.lines > 0 else { return nil }
    let plain = sample.score(format).candidate
    if plain.fitting * 4 > sample.lines * 3 { return (plain, sample.lines) }
    // Clients are host names where more than a quarter of the lines are only then lines of the format: servers that look
    // names up find many addresses without one.
    let named = sample.score(format.acceptingNames).candidate
    return (named.fitting * 3 > plain.fitting * 4 ? named : plain, sample.lines)
  }

  // MARK: Candidates

  /// The formats that fit lines, each of them judged by all lines.
  ///
  /// A format is judged once a line calls for it: the first of all, each hundredth, and every one that no format so far fits.
  private func candidates(_ sample: DetectionSample, _ formats: [LogFormat]) -> [Candidate] {
    var found: [Candidate] = []
    var trial = FormatTrial(formats, zone: zone)
    // Whether a line is one of theirs hangs on the headers before it.
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

  /// The formats behind what carries the lines that no format fits as they stand.
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

  /// The formats of a log many of whose clients are host names, which are tried where no other format fits three lines in
  /// four: servers that look names up find many addresses without one.
  private func named(_ sample: DetectionSample, _ candidates: [Candidate]) -> [Candidate] {
    let unexplained = sample.ranges.indices.count { line in
      sample.isLine[line] && !candidates.contains { $0.fits[line] }
    }
    guard unexplained * 4 > sample.lines else { return [] }
    let formats = formats.filter { $0.envelopes.isEmpty && !$0.isHeaderDriven }.map(\.acceptingNames)
    let tried = formats + candidates.filter { !$0.format.envelopes.isEmpty }.map(\.format.acceptingNames)
    return self.candidates(sample, tried).filter { sample.hasNamedClients($0.format) }
  }

  /// A format that reads forwarded addresses, under the name of one that does not where no line has any.
  private static func renamed(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    if candidate.forwarded == 0 { candidate.format.name = candidate.format.nameWithoutForwarded }
    return candidate
  }

  // MARK: Choice

  private func finding(_ sample: DetectionSample, _ candidates: [Candidate]) -> Finding {
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
    finding.suggestion = FormatSuggestion.text(sample)
    // Lines of other programs may stand between those of the server; but where a text can be made out for most lines, a
    // format that fits few of them is none.
    if finding.suggestion != nil { finding.format = nil }
    if finding.format == nil, finding.doubted.isEmpty { finding.doubted = timeless(sample) }
    return finding
  }

  /// The format that would fit if its lines had a time.
  private func timeless(_ sample: DetectionSample) -> [Candidate] {
    let candidates = formats.map { format in
      var candidate = sample.score(format, assuming: 86_400).candidate
      candidate.doubt = .time
      return candidate
    }
    return candidates.filter { $0.fitting * 2 > sample.lines }.max { $0.fitting < $1.fitting }.map { [$0] } ?? []
  }

  private func choose(_ sample: DetectionSample, _ finding: inout Finding) {
    // A format that fits more lines than any other, and that is not believed, is no reason to believe in another one.
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

  /// Adds the formats of the lines that the best one does not fit, where they are more than one in a hundred.
  private func mix(_ best: Candidate, _ finding: inout Finding) {
    var format = best.format
    var covered = best.fits
    for other in finding.candidates.dropFirst() {
      let more = covered.indices.count { !covered[$0] && other.fits[$0] }
      guard more > finding.lines / 100 else { continue }
      format = format.mixed(with: other.format.alternatives)
      for line in covered.indices where other.fits[line] { covered[line] = true }
    }
    finding.format = format
    finding.rate = Double(covered.count { $0 }) / Double(max(finding.lines, 1))
  }
}

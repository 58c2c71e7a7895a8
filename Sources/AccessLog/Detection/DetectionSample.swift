import ByteScanning
import Hits

/// The first lines of a log, on which formats are tried.
struct DetectionSample {
  /// The lines, followed by the texts unwrapped from them.
  private(set) var bytes: [UInt8]
  /// Where each line is in ``bytes``.
  private(set) var ranges: [Range<Int>] = []
  /// Whether each of them is a complete line, rather than blank, a comment, or part of a line.
  private(set) var isLine: [Bool] = []
  private var unwrapped: [UnwrappedLine] = []
  private var isUnwrapped = false
  private let zone: LocalCalendar

  /// The number of complete lines.
  var lines: Int { isLine.count { $0 } }

  init(_ bytes: Span<UInt8>, _ range: Range<Int>, limit: Int, zone: LocalCalendar) {
    self.zone = zone
    var scanner = LineScanner(range)
    var end = range.lowerBound
    while ranges.count < limit, let line = scanner.next(in: bytes) {
      ranges.append(line.lowerBound - range.lowerBound..<line.upperBound - range.lowerBound)
      end = line.upperBound
      var index = line.lowerBound
      while index < line.upperBound, bytes[index] == 0 || bytes[index] == Byte.space || bytes[index] == Byte.tab {
        index += 1
      }
      isLine.append(index < line.upperBound && bytes[index] != Byte.numberSign)
    }
    self.bytes = []
    ByteCopy.append(bytes, range.lowerBound..<end, to: &self.bytes)
    unwrapped = [UnwrappedLine](repeating: .asItIs, count: ranges.count)
  }

  /// Extracts lines from JSON and joins lines from their parts.
  mutating func unwrap() {
    guard !isUnwrapped else { return }
    isUnwrapped = true
    let json = LogFormat.combined.behind(.json)
    let formats = [json] + Envelope.ofText.map { json.behind($0) }
    guard var unwrapper = LineUnwrapper(LogFormat.combined.behind(.cri).mixed(with: formats), zone: zone) else {
      return
    }
    for (index, range) in ranges.enumerated() where isLine[index] {
      unwrapped[index] = unwrapper.unwrap(bytes.span, range, offset: bytes.count)
      if unwrapped[index] == .part { isLine[index] = false }
    }
    bytes += unwrapper.texts
  }

  // MARK: Formats

  /// Whether a line matches the parser's format.
  func fits(_ parser: inout LineParser, _ line: Int) -> Bool {
    var fields = LogLine()
    return parser.parse(bytes.span, ranges[line], unwrapped[line], into: &fields) == nil
  }

  /// Returns how well a format fits all lines.
  ///
  /// - Parameter time: the time of lines without one; nil if such lines do not match.
  func score(
    _ format: LogFormat, assuming time: Int64? = nil
  ) -> (candidate: FormatDetector.Candidate, check: ColumnCheck) {
    var candidate = FormatDetector.Candidate(format: format)
    candidate.fits = [Bool](repeating: false, count: ranges.count)
    var check = ColumnCheck()
    var proxies = ProxyCheck()
    var unknown = format.hasKeys ? UnknownKeys(format) : nil
    let span = bytes.span
    var parser = LineParser(format, zone: zone, assuming: time)
    var line = LogLine()
    for index in ranges.indices {
      let reason = parser.parse(span, ranges[index], unwrapped[index], into: &line)
      guard reason == nil, isLine[index] else { continue }
      candidate.fits[index] = true
      candidate.fitting += 1
      candidate.add(span, line)
      let rest = rest(after: parser.endOfReading, index)
      check.add(span, line, rest: rest)
      proxies.add(span, line, rest: rest)
      if unknown?.needsLines == true { unknown?.add(span, content(format.envelopes, text(index)), line) }
    }
    candidate.doubt = check.doubt ?? unknown.flatMap { check.doubt($0) } ?? (proxies.haveClients ? .proxies : nil)
    return (candidate, check)
  }

  /// Calls `body` with the text of each line and what a format finds in it, or nil if it does not match.
  func forEachLine(readAs format: LogFormat, _ body: (Span<UInt8>, Range<Int>, LogLine?) -> Void) {
    let span = bytes.span
    var parser = LineParser(format, zone: zone)
    var line = LogLine()
    for index in ranges.indices where isLine[index] {
      let isRead = parser.parse(span, ranges[index], unwrapped[index], into: &line) == nil
      body(span, text(index), isRead ? line : nil)
    }
  }

  /// Returns where the text of a line is: out of JSON and joined from its parts, if it was.
  private func text(_ index: Int) -> Range<Int> {
    switch unwrapped[index] {
    case .text(let text, _), .joined(let text): text
    case .asItIs, .part: ranges[index]
    }
  }

  /// Returns what is inside the envelopes of a text; all of it if it does not have them.
  private func content(_ envelopes: [Envelope], _ text: Range<Int>) -> Range<Int> {
    var times = TimeReader(zone: zone)
    return Envelope.content(of: envelopes.filter { $0 != .json }, bytes.span, text, &times)?.text ?? text
  }

  /// Returns what follows an index in the text of a line.
  private func rest(after place: Int, _ index: Int) -> Range<Int> {
    let end = text(index).upperBound
    return min(place, end)..<end
  }

  /// Whether more than a quarter of the clients that a format finds are host names.
  func hasNamedClients(_ format: LogFormat) -> Bool {
    let (candidate, check) = score(format)
    return check.namedClients * 4 > candidate.fitting
  }

  /// Whether two formats read a line differently, or the second one fits a line that the first does not.
  func differ(_ one: LogFormat, _ other: LogFormat) -> Bool {
    let span = bytes.span
    var (first, second) = (LineParser(one, zone: zone), LineParser(other, zone: zone))
    var (line, otherLine) = (LogLine(), LogLine())
    for index in ranges.indices where isLine[index] {
      let isFirst = first.parse(span, ranges[index], unwrapped[index], into: &line) == nil
      let isSecond = second.parse(span, ranges[index], unwrapped[index], into: &otherLine) == nil
      if isSecond, !isFirst || !line.tellsTheSame(as: otherLine) { return true }
    }
    return false
  }

  // MARK: Envelopes

  /// Returns the envelopes a line may have: one, or one inside another, the outermost first.
  func envelopes(ofLine line: Int) -> [[Envelope]] {
    var times = TimeReader(zone: zone)
    var chains: [[Envelope]] = []
    var range = ranges[line]
    if case .joined(let text) = unwrapped[line] { range = text }
    var start = range.lowerBound
    while start < range.upperBound, LineParser.isPassedAtStart(bytes[start]) { start += 1 }
    if case .text(let text, _) = unwrapped[line] {
      for around in envelopes(aroundJSON: start..<range.upperBound) {
        chains.append(around + [.json])
        for envelope in Envelope.ofText where envelope.content(bytes.span, text, &times) != nil {
          chains.append(around + [.json, envelope])
        }
      }
      // The object may be the server's own although one of its values looks like a line.
      guard start < range.upperBound, bytes[start] != Byte.openBrace else { return chains }
    }
    for envelope in Envelope.ofText {
      guard let content = envelope.content(bytes.span, start..<range.upperBound, &times) else { continue }
      chains.append([envelope])
      for inner in Envelope.ofText where inner.content(bytes.span, content.text, &times) != nil {
        chains.append([envelope, inner])
      }
    }
    return chains
  }

  /// Returns what may be around the JSON of a line: nothing, or an envelope.
  private func envelopes(aroundJSON line: Range<Int>) -> [[Envelope]] {
    guard let first = line.first else { return [] }
    if bytes[first] == Byte.openBrace { return [[]] }
    var times = TimeReader(zone: zone)
    return Envelope.ofText.filter { envelope in
      guard let first = envelope.content(bytes.span, line, &times)?.text.first else { return false }
      return bytes[first] == Byte.openBrace
    }.map { [$0] }
  }
}

extension FormatDetector.Candidate {
  /// Counts the fields found in a line.
  fileprivate mutating func add(_ bytes: Span<UInt8>, _ line: LogLine) {
    let hasClient = !line.address.isEmpty && !ByteSearch.isHyphen(bytes, line.address)
    if hasClient || !line.forwarded.isEmpty { clients += 1 }
    if !line.forwarded.isEmpty { forwarded += 1 }
    // A host that is an address may just as well be a client.
    let tellsHost = !line.host.isEmpty && !AddressShape.isAddress(bytes, line.host)
    let told = [line.method, line.referrer, line.userAgent, line.forwarded].count { !$0.isEmpty }
    fields += told + (hasClient ? 1 : 0) + (tellsHost ? 1 : 0)
  }
}

extension LogLine {
  /// Whether another reading of the line found the same values.
  fileprivate func tellsTheSame(as other: LogLine) -> Bool {
    func isSame(_ one: Range<Int>, _ two: Range<Int>) -> Bool { one == two || (one.isEmpty && two.isEmpty) }
    return timestamp == other.timestamp && status == other.status && isSame(address, other.address)
      && isSame(host, other.host) && isSame(target, other.target) && isSame(userAgent, other.userAgent)
      && isSame(referrer, other.referrer) && isSame(forwarded, other.forwarded)
  }
}

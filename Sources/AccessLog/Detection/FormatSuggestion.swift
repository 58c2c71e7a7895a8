import ByteScanning
import Hits

/// Derives a text for `--format` from lines that no known format fits, by what their fields look like.
///
/// The text is a suggestion for the operator to check and to pass on. It is never used automatically.
enum FormatSuggestion {
  /// The number of lines whose columns are examined.
  private static let mostLines = 300
  /// The smallest number of columns that a separator other than blanks has to make.
  private static let fewestColumns = 5

  /// Returns a text that fits most of the lines; nil if none can be derived.
  static func text(_ sample: inout DetectionSample) -> String? {
    if let text = KeySuggestion.text(sample), fits(text, &sample) { return text }
    for chain in [[]] + chains(sample) {
      guard let text = columns(&sample, behind: chain) else { continue }
      return text
    }
    return nil
  }

  /// Returns the envelopes to try: those that the first line may have, except JSON.
  private static func chains(_ sample: DetectionSample) -> [[Envelope]] {
    guard let line = sample.isLine.indices.first(where: { sample.isLine[$0] }) else { return [] }
    return sample.envelopes(ofLine: line).filter { !$0.contains(.json) }
  }

  /// Whether a text fits most lines and finds plausible values in them.
  static func fits(_ text: String, _ sample: inout DetectionSample) -> Bool {
    guard let format = try? FormatText.format(text) else { return false }
    if format.needsUnwrapping { sample.unwrap() }
    let candidate = sample.score(format).candidate
    guard candidate.doubt == nil, candidate.fitting * 10 >= sample.lines * 7,
      candidate.clients * 2 >= candidate.fitting
    else { return false }
    var check = SuggestionCheck()
    sample.forEachLine(readAs: format) { check.add($0, $1, $2) }
    return check.isRight
  }

  // MARK: Columns

  private static func columns(_ sample: inout DetectionSample, behind chain: [Envelope]) -> String? {
    var lines: [Range<Int>] = []
    var times = TimeReader(zone: .utc)
    for (index, range) in sample.ranges.prefix(mostLines).enumerated() where sample.isLine[index] {
      var text = range
      for envelope in chain { text = envelope.content(sample.bytes.span, text, &times)?.text ?? text }
      lines.append(text)
    }
    let prefix = chain.map { $0.rawValue + "+" }.joined()
    for separator in LineLayout.separators {
      var rule = LineLayout.Rule(separator: separator)
      if separator != nil {
        guard let count = columns(lines, sample.bytes.span, rule) else { continue }
        rule.mostValues = count
      }
      for hasNames in [true, false] {
        rule.hasNames = hasNames
        if let text = text(lines, sample.bytes.span, rule).map({ prefix + $0 }), fits(text, &sample) { return text }
      }
    }
    return nil
  }

  /// Returns how many columns a separator makes; nil if too few. The last column may contain the separator, so the
  /// smallest number that more than a few lines have is the right one.
  private static func columns(_ lines: [Range<Int>], _ bytes: Span<UInt8>, _ rule: LineLayout.Rule) -> Int? {
    var counts: [Int: Int] = [:]
    for line in lines { counts[LineLayout(bytes, line, rule).values.count, default: 0] += 1 }
    let least = counts.filter { $0.value * 20 >= lines.count }.keys.min()
    return least.flatMap { $0 >= fewestColumns ? $0 : nil }
  }

  /// Returns the text of the lines that most have in common, taken apart by a rule.
  private static func text(_ lines: [Range<Int>], _ bytes: Span<UInt8>, _ rule: LineLayout.Rule) -> String? {
    var alike: [[[UInt8]]: [LineLayout]] = [:]
    for line in lines {
      let layout = LineLayout(bytes, line, rule)
      if layout.hasObject(bytes) { return nil }
      alike[layout.texts, default: []].append(layout)
    }
    guard let most = alike.values.max(by: { $0.count < $1.count }), most.count > 1 || alike.count == 1 else {
      return nil
    }
    return ColumnNames(most, bytes, separator: rule.separator).text
  }
}

/// Checks that a text finds what the lines have: requests, browsers and clients.
private struct SuggestionCheck {
  private var read = 0
  private var unread = 0
  private var browsers = 0
  private var missedBrowsers = 0
  private var clients = Set<[UInt8]>()
  private var others = Set<[UInt8]>()

  /// Adds a line.
  ///
  /// - Parameter line: what the text finds in it; nil if it does not match.
  mutating func add(_ bytes: Span<UInt8>, _ text: Range<Int>, _ line: LogLine?) {
    guard let line, !Self.hasTwoWords(bytes, line.address) else {
      if ValueKind.hasMethod(bytes, text) { unread += 1 }
      return
    }
    read += 1
    if let browser = ByteSearch.firstIndex(
      of: LineParser.browser, in: bytes, from: text.lowerBound, to: text.upperBound)
    {
      browsers += 1
      if !line.userAgent.contains(browser) { missedBrowsers += 1 }
    }
    // Forwarded addresses are believed if the peer is in a private network. Of several addresses, the last one counts.
    let isForwarded = !line.forwarded.isEmpty && AddressShape.isInnerOrNone(bytes, line.address)
    let list = isForwarded ? line.forwarded : AddressShape.withoutPort(bytes, line.address)
    let client = Self.last(bytes, list)
    clients.insert(ByteCopy.bytes(bytes, client))
    addOthers(bytes, text, besides: [client, line.target, line.referrer, line.userAgent])
  }

  /// Whether the text reads the lines right, as far as they show it.
  var isRight: Bool {
    unread * 20 <= read && missedBrowsers * 20 <= browsers && others.subtracting(clients).count <= clients.count
  }

  /// Adds the public addresses that are in none of the visitor's fields.
  private mutating func addOthers(_ bytes: Span<UInt8>, _ text: Range<Int>, besides written: [Range<Int>]) {
    var start = text.lowerBound
    while let address = ProxyCheck.firstAddress(bytes, start..<text.upperBound) {
      start = address.upperBound
      if written.contains(where: { $0.contains(address.lowerBound) }) { continue }
      others.insert(ByteCopy.bytes(bytes, address))
    }
  }

  /// Returns the last public address of a list; all of it if there is none.
  private static func last(_ bytes: Span<UInt8>, _ list: Range<Int>) -> Range<Int> {
    var last = list
    var start = list.lowerBound
    while let address = ProxyCheck.firstAddress(bytes, start..<list.upperBound) {
      last = address
      start = address.upperBound
    }
    return last
  }

  /// Whether a client is several words without commas between them, which are different fields.
  private static func hasTwoWords(_ bytes: Span<UInt8>, _ client: Range<Int>) -> Bool {
    client.dropFirst().contains { bytes[$0] == Byte.space && bytes[$0 - 1] != Byte.comma }
  }
}

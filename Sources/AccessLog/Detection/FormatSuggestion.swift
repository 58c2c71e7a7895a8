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
  static func text(_ sample: DetectionSample) -> String? {
    if let text = KeySuggestion.text(sample), fits(text, sample) { return text }
    for chain in [[]] + chains(sample) {
      guard let text = columns(sample, behind: chain) else { continue }
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
  private static func fits(_ text: String, _ sample: DetectionSample) -> Bool {
    guard let format = try? FormatText.format(text) else { return false }
    let candidate = sample.score(format).candidate
    return candidate.doubt == nil && candidate.fitting * 10 >= sample.lines * 7
      && candidate.clients * 2 >= candidate.fitting
  }

  // MARK: Columns

  private static func columns(_ sample: DetectionSample, behind chain: [Envelope]) -> String? {
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
        if let text = text(lines, sample.bytes.span, rule).map({ prefix + $0 }), fits(text, sample) { return text }
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

import AccessLog

/// What was found out about the format of a file, in words.
public enum DetectionText {
  static let none =
    "no line looks like an access log in a known format (footfall formats lists them); name its format with --format"

  /// Why no format was chosen, and what to do.
  static func refusal(_ finding: FormatDetector.Finding) -> String {
    let advice = finding.suggestion.map { "; this text may fit: --format '\($0)'" + otherOrder($0, finding) }
    if finding.isAmbiguous { return ambiguity(finding) + (advice ?? "") }
    guard let doubted = finding.doubted.first, let doubt = doubted.doubt, doubt != .client || advice == nil else {
      return advice.map { "its lines are in no known format" + $0 + " (try it with footfall formats)" } ?? none
    }
    return "looks like \(doubted.format.name), but \(reason(doubt))"
      + (advice ?? (doubt == .time ? "" : "; tell its columns with --format (docs/formats.md)"))
  }

  /// The same text for the case that the second address is the client's, where two stand in front.
  private static func otherOrder(_ text: String, _ finding: FormatDetector.Finding) -> String {
    let (first, second) = ("$remote_addr $other1 ", "$other1 $remote_addr ")
    guard finding.doubted.first?.doubt == .twoAddresses, text.contains(first) else { return "" }
    return " where the first one is the client's, else '\(text.replacing(first, with: second))'"
  }

  private static func reason(_ doubt: ColumnDoubt) -> String {
    switch doubt {
    case .agent: "the user agent column holds something else"
    case .referrer: "the referrer column holds something else"
    case .agentBehind: "the user agent stands in a later column"
    case .clientBehind: "its clients are all of private networks, and other addresses stand in another column"
    case .twoAddresses: "two addresses stand in front, and nothing tells which is the client's"
    case .request: "no line has a method and a path"
    case .time:
      "no line has a time; log with one in front, as docker logs -t, syslog and journalctl -o short-iso write it"
    case .client: "all clients that are names are one or two names, as the server's own would be"
    }
  }

  /// How well the chosen format fits, and what comes next.
  static func choice(_ finding: FormatDetector.Finding) -> String {
    let next = finding.runnerUp.map { ", next \($0.format.name) \(Percentage.text(finding.rate(of: $0)))" } ?? ""
    return "fits \(Percentage.text(finding.rate)) of the first \(finding.lines) lines\(next)"
  }

  /// Why none was chosen though some fit.
  static func ambiguity(_ finding: FormatDetector.Finding) -> String {
    if finding.doubted.first?.doubt == .twoAddresses {
      return "\(reason(.twoAddresses)); name the columns with --format"
    }
    let names = ([finding.candidates.first, finding.runnerUp].compactMap { $0?.format.name }).joined(separator: " and ")
    return "\(names) fit its lines equally well and read different things in them; name one with --format"
  }

  /// All of it, for people who ask for nothing else.
  ///
  /// - Throws: ``ImportFailure`` where the file cannot be read.
  public static func report(ofFile path: String, _ options: ReadingOptions) throws -> (text: String, isFound: Bool) {
    let reading = try LineReading(options)
    let finding = try reading.detect(file: path)
    guard finding.format != nil || finding.isAmbiguous, let best = finding.candidates.first else {
      let reason = (reading.asked.map { "no line fits \($0.name); " } ?? "") + refusal(finding)
      return ("\(path)  \(finding.lines == 0 ? "holds no line" : reason)\n", finding.lines == 0)
    }
    var lines = ["\(path)  \(finding.format?.name ?? "?")"]
    for candidate in [best, finding.runnerUp].compactMap({ $0 }) {
      let fields = Double(candidate.fields) / Double(max(candidate.fitting, 1))
      let average = (fields * 10).rounded() / 10
      lines.append(
        "  \(candidate.format.name) fits \(candidate.fitting) of \(finding.lines) lines (\(Percentage.text(finding.rate(of: candidate)))) and finds \(average) fields in each"
      )
    }
    lines.append("  " + reason(finding))
    lines += try reading.hints(file: path, finding.format).map { "  " + $0 }
    return (lines.joined(separator: "\n") + "\n", finding.format != nil)
  }

  private static func reason(_ finding: FormatDetector.Finding) -> String {
    guard let format = finding.format else { return ambiguity(finding) }
    if finding.rate(of: finding.candidates[0]) < finding.rate {
      return
        "\(format.name) together fit \(Percentage.text(finding.rate)); each line is read by the first one that fits"
    }
    guard let next = finding.runnerUp else { return "no other format reads anything else in these lines" }
    return next.fitting < finding.candidates[0].fitting
      ? "chosen because it fits more lines" : "chosen because it fits the same lines and finds more in them"
  }
}

import AccessLog

/// What was found out about the format of a file, in words.
public enum DetectionText {
  static let none =
    "no line looks like an access log in a known format (footfall formats lists them); name its format with --format"

  /// How well the chosen format fits, and what comes next.
  static func choice(_ finding: FormatDetector.Finding) -> String {
    let next = finding.runnerUp.map { ", next \($0.format.name) \(Percentage.text(finding.rate(of: $0)))" } ?? ""
    return "fits \(Percentage.text(finding.rate)) of the first \(finding.lines) lines\(next)"
  }

  /// Why none was chosen though some fit.
  static func ambiguity(_ finding: FormatDetector.Finding) -> String {
    let names = ([finding.candidates.first, finding.runnerUp].compactMap { $0?.format.name }).joined(separator: " and ")
    return "\(names) fit its lines equally well and read different things in them; name one with --format"
  }

  /// All of it, for people who ask for nothing else.
  ///
  /// - Throws: ``ImportFailure`` where the file cannot be read.
  public static func report(ofFile path: String, _ options: ReadingOptions) throws -> (text: String, isFound: Bool) {
    let reading = try LineReading(options)
    let finding = try reading.detect(file: path)
    guard let best = finding.candidates.first else {
      let reason = reading.asked.map { "no line fits \($0.name), nor a known format" } ?? none
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

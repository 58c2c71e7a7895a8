import AccessLog

/// The results of format detection, in words.
public enum DetectionText {
  static let none =
    "no line matches a known access log format (footfall formats lists them); \(howToDescribe)"
  /// How to write a format text if none can be suggested.
  static let howToDescribe =
    "describe a line with --format: $remote_addr for the client, $time_local, $request (or $request_method and $request_uri), $status, $http_referer, $http_user_agent, $x for anything else, and the text between them as it is in the log"

  /// How to have lines counted whose clients are doubted.
  static func howToAccept(_ format: String) -> String {
    let format = LogFormat.names(in: format).first ?? format
    return
      "if the visitors' addresses are in another field, name the fields with --format; if this is how it is, give --format '\(format)'"
  }

  /// Returns why no format was chosen, and what to do.
  static func refusal(_ finding: FormatDetector.Finding) -> String {
    let advice = finding.suggestion.map { "; this format may fit: --format '\($0)'" + otherOrder($0, finding) }
    if finding.isAmbiguous { return ambiguity(finding) + (advice ?? "") }
    guard let doubted = finding.doubted.first, let doubt = doubted.doubt, doubt != .client || advice == nil else {
      return advice.map { "its lines match no known format" + $0 + " (try it with footfall formats)" } ?? none
    }
    let other =
      switch doubt {
      case .time: ""
      case .sharedClients, .client: "; " + howToAccept(doubted.format.name)
      default: "; " + howToDescribe
      }
    return "looks like \(doubted.format.name), but \(reason(doubt))" + (advice ?? other)
  }

  /// If lines begin with two addresses, returns the suggestion for the case that the second one is the client's.
  private static func otherOrder(_ text: String, _ finding: FormatDetector.Finding) -> String {
    let (first, second) = ("$remote_addr $other1 ", "$other1 $remote_addr ")
    guard finding.doubted.first?.doubt == .twoAddresses, text.contains(first) else { return "" }
    return " if the first address is the client's, otherwise '\(text.replacing(first, with: second))'"
  }

  /// Returns what is wrong with the fields that a format finds.
  static func reason(_ doubt: ColumnDoubt) -> String {
    switch doubt {
    case .agent: "the user agent field contains something else"
    case .referrer: "the referrer field contains something else"
    case .agentBehind: "the user agent is in a later field"
    case .clientBehind: "its clients are in private networks, and another field contains other addresses"
    case .proxies: "it has few clients, and another field has many more addresses, as behind a proxy"
    case .sharedClients:
      "its clients are unknown or in private networks, and many browsers share each of them, so many visitors would count as one"
    case .twoAddresses: "its lines begin with two addresses, and nothing shows which one is the client's"
    case .request: "no line has a method and a path"
    case .time:
      "no line has a time; write one in front of each line, as docker logs -t, syslog and journalctl -o short-iso do"
    case .clientKey: "no key that it knows has the client, and another one has addresses"
    case .agentKey: "no key that it knows has the user agent, and another one has user agents"
    case .methodKey: "no key that it knows has the method, and another one has methods"
    case .host: "its host field has no host names, and is different in most lines"
    case .client: "the host names among its clients are only one or two, which may be the server's own"
    }
  }

  /// Returns how well the chosen format fits, and which one comes next.
  static func choice(_ finding: FormatDetector.Finding) -> String {
    let next = finding.runnerUp.map { ", next \($0.format.name) \(Percentage.text(finding.rate(of: $0)))" } ?? ""
    return "fits \(Percentage.text(finding.rate)) of the first \(finding.lines) lines\(next)"
  }

  /// Returns why no format was chosen although some fit.
  static func ambiguity(_ finding: FormatDetector.Finding) -> String {
    if finding.doubted.first?.doubt == .twoAddresses {
      return "\(reason(.twoAddresses)); name the fields with --format"
    }
    let names = ([finding.candidates.first, finding.runnerUp].compactMap { $0?.format.name }).joined(separator: " and ")
    return "\(names) fit its lines equally well but read different values from them; choose one with --format"
  }

  /// Returns the full report on the format of a file.
  ///
  /// - Throws: ``ImportFailure`` if the file cannot be read.
  public static func report(ofFile path: String, _ options: ReadingOptions) throws -> (text: String, isFound: Bool) {
    let reading = try LineReading(options)
    let finding = try reading.detect(file: path)
    guard finding.format != nil || finding.isAmbiguous, let best = finding.candidates.first else {
      let reason = (reading.asked.map { "no line fits \($0.name); " } ?? "") + refusal(finding)
      return ("\(path)  \(finding.lines == 0 ? "contains no log lines" : reason)\n", finding.lines == 0)
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
    guard let next = finding.runnerUp else { return "no other format reads these lines differently" }
    return next.fitting < finding.candidates[0].fitting
      ? "chosen because it fits more lines" : "chosen because it fits the same lines and finds more in them"
  }
}

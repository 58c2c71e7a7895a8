import AccessLog
import Hits

/// Warnings about the outcomes of a file's lines: all could be handled, but the operator should look at them.
enum FileWarning {
  /// The smallest number of lines that allows a judgement.
  private static let fewestLines = 10
  /// The smallest number of lines that allows a judgement of shares: with fewer lines, a single one exceeds one in
  /// twenty.
  private static let fewestForShare = 20

  /// Returns the problem and its likely cause; nil if there is none.
  ///
  /// - Parameters:
  ///   - outcomes: the outcomes of the file's lines.
  ///   - suggestion: a text for `--format` that also describes lines that no format matches.
  ///   - areRequests: whether they are collect requests.
  static func text(_ outcomes: OutcomeCounts, _ suggestion: String?, areRequests: Bool) -> String? {
    let besides: [Outcome] = [
      .alreadyImported, .excluded, .outOfRange, .part, .malformedEmpty, .malformedComment,
    ]
    let all = outcomes.total - besides.reduce(0) { $0 + outcomes[$1] }
    if all >= fewestForShare, outcomes.rejects * 20 > all { return malformed(outcomes, all, suggestion) }
    // Robots are recognised however the rest of the line is read.
    let lines = all - outcomes[.botUserAgent] - outcomes[.botAddress] - outcomes[.botSignature]
    guard lines >= fewestLines else { return nil }
    let misread = outcomes.invalid + outcomes[.unknownSite] + outcomes[.late]
    let uncounted = misread + outcomes[.method]
    let areMisread = misread * 2 > lines && uncounted + outcomes[.asset] + outcomes[.status] == lines
    guard uncounted == lines || areMisread else { return nil }
    return "none of its \(lines) lines can be counted: " + cause(outcomes, lines, areRequests)
  }

  /// The advice to undo first, because lines that were counted once are not counted again in another way.
  static let undo = "undo this import (footfall undo) before you import them in another way"

  private static func malformed(_ outcomes: OutcomeCounts, _ lines: Int, _ suggestion: String?) -> String {
    let most = outcomes.present.filter { $0.outcome.isReject }.max { $0.lines < $1.lines }
    let reason = most.map { ", most of them \($0.outcome.name)" } ?? ""
    return
      "\(outcomes.rejects) of \(lines) lines are malformed\(reason); --rejects FILE lists them, footfall explain --line N shows one\(suggestion.map { DoubtfulRun.advice($0) } ?? ""); \(undo)"
  }

  private static func cause(_ outcomes: OutcomeCounts, _ lines: Int, _ areRequests: Bool) -> String {
    if outcomes[.late] * 2 > lines { return "their days are sealed (footfall status)" }
    if outcomes[.unknownSite] * 2 > lines {
      return areRequests
        ? "their tracking ids belong to no site (footfall sites lists all sites)"
        : "their hosts belong to no site; add the site (footfall sites add HOST, or --alias HOST to one there is); \(undo)"
    }
    if outcomes[.method] == lines {
      return "no method is GET; if the method is in another field, name the fields with --format; \(undo)"
    }
    if outcomes.invalid * 2 > lines {
      return "no path is valid; if the path is in another field, name the fields with --format; \(undo)"
    }
    let parts = outcomes.present.filter { $0.outcome != .alreadyImported }.map { "\($0.lines) \($0.outcome.name)" }
    return parts.joined(separator: ", ")
  }
}

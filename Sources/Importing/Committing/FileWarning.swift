import Hits

/// What is wrong with how the lines of a file ended, though each of them could be dealt with: an operator has to look at it.
enum FileWarning {
  /// Of fewer lines nothing can be said.
  private static let fewestLines = 10
  /// One line of fewer is more than one in twenty.
  private static let fewestForShare = 20

  /// What is wrong, and the likely cause; nil where nothing is.
  ///
  /// - Parameters:
  ///   - outcomes: how the lines of the file ended.
  ///   - areRequests: whether they are collect requests.
  static func text(_ outcomes: OutcomeCounts, areRequests: Bool) -> String? {
    let besides: [Outcome] = [.alreadyImported, .excluded, .outOfRange, .part, .malformedEmpty, .malformedComment]
    let lines = outcomes.total - besides.reduce(0) { $0 + outcomes[$1] }
    guard lines >= fewestLines else { return nil }
    if lines >= fewestForShare, outcomes.rejects * 20 > lines { return malformed(outcomes, lines) }
    let misread = outcomes.invalid + outcomes[.unknownSite] + outcomes[.late]
    let uncounted = misread + outcomes[.method]
    let areMisread = misread * 2 > lines && uncounted + outcomes[.asset] + outcomes[.status] == lines
    guard uncounted == lines || areMisread else { return nil }
    return "none of its \(lines) lines can be counted: " + cause(outcomes, lines, areRequests)
  }

  /// What is counted once is not counted again in another way.
  private static let undo = "take this import back (footfall undo) before you import them in another way"

  private static func malformed(_ outcomes: OutcomeCounts, _ lines: Int) -> String {
    let most = outcomes.present.filter { $0.outcome.isReject }.max { $0.lines < $1.lines }
    let reason = most.map { ", most of them \($0.outcome.name)" } ?? ""
    return
      "\(outcomes.rejects) of \(lines) lines could not be read\(reason); --rejects FILE lists them, footfall explain --line N shows one; \(undo)"
  }

  private static func cause(_ outcomes: OutcomeCounts, _ lines: Int, _ areRequests: Bool) -> String {
    if outcomes[.late] * 2 > lines { return "their days are sealed (footfall status)" }
    if outcomes[.unknownSite] * 2 > lines {
      return areRequests
        ? "their tracking ids are of no site (footfall sites lists them)"
        : "their hosts are of no site; add the site (footfall sites add HOST), or name it with --site; \(undo)"
    }
    if outcomes[.method] == lines {
      return "no method is GET; if the method stands in another column, name the columns with --format; \(undo)"
    }
    if outcomes.invalid * 2 > lines {
      return "no path is one; if the path stands in another column, name the columns with --format; \(undo)"
    }
    let parts = outcomes.present.filter { $0.outcome != .alreadyImported }.map { "\($0.lines) \($0.outcome.name)" }
    return parts.joined(separator: ", ")
  }
}

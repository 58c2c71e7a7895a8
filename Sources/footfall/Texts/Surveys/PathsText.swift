import Importing
import Reporting

/// The preview of page names, for people and for scripts.
enum PathsText {
  /// Returns the numbers of paths and pages, what joins them, the largest groups, and proposals.
  ///
  /// - Parameters:
  ///   - limit: the most rows of a list.
  ///   - width: the width of the terminal; nil if there is none.
  static func text(_ survey: PathSurvey, limit: Int, width: Int?) -> String {
    [
      head(survey), effects(survey, limit, width), groups(survey, limit, width), proposals(survey, limit),
    ].joined(separator: "\n")
  }

  private static func head(_ survey: PathSurvey) -> String {
    var text = "\(count(survey.requests)) requests for pages in \(count(survey.lines)) lines: "
    text += "\(count(survey.paths)) paths become \(count(survey.pages)) pages\n"
    if survey.requestsNotExamined > 0 {
      text += "\(count(survey.requestsNotExamined)) requests were not examined: their paths came after "
      text += "\(count(PathSurvey.mostPaths)) others; read fewer logs at a time\n"
    }
    return text
  }

  private static func effects(_ survey: PathSurvey, _ limit: Int, _ width: Int?) -> String {
    let title = "What changes names"
    guard !survey.effects.isEmpty else { return title + ": nothing\n" }
    var table = ColumnText([("paths", .right), ("pages", .right), ("requests", .right), ("by", .left)])
    for effect in survey.effects.prefix(limit) {
      table.add([count(effect.paths), count(effect.pages), count(effect.requests), effect.cause])
    }
    return title + "\n" + table.text(width: width) + more(survey.effects.count - limit)
  }

  private static func groups(_ survey: PathSurvey, _ limit: Int, _ width: Int?) -> String {
    let title = "Pages of several paths"
    guard !survey.groups.isEmpty else { return title + ": none\n" }
    var table = ColumnText([("paths", .right), ("requests", .right), ("page", .left), ("from", .left)])
    for group in survey.groups.prefix(limit) {
      let more = group.paths > group.examples.count ? " …" : ""
      table.add([count(group.paths), count(group.requests), group.page, group.examples.joined(separator: " ") + more])
    }
    return title + "\n" + table.text(width: width) + more(survey.groups.count - limit)
  }

  private static func proposals(_ survey: PathSurvey, _ limit: Int) -> String {
    let title = "Proposals"
    guard !survey.proposals.isEmpty else { return title + ": none\n" }
    let lines = survey.proposals.prefix(limit).map { proposal in
      "  \(TerminalText.printable(argument(proposal)))\n"
        + "      \(count(proposal.before)) \(proposal.before == 1 ? "page becomes" : "pages become") "
        + "\(count(proposal.after)), with \(count(proposal.requests)) requests\n"
    }
    return title + "\n" + lines.joined() + more(survey.proposals.count - limit)
  }

  /// Returns the flag and its value, quoted for a shell.
  private static func argument(_ proposal: PathSurvey.Proposal) -> String {
    "--\(proposal.flag) '" + proposal.value.replacing("'", with: "'\\''") + "'"
  }

  private static func count(_ number: Int) -> String { NumberText.grouped(number) }

  private static func more(_ rows: Int) -> String {
    rows > 0 ? "  … and \(count(rows)) more (--limit)\n" : ""
  }

  /// Returns the same as one JSON object; docs/cli.md documents the keys.
  static func json(_ survey: PathSurvey, limit: Int) throws -> String {
    try JSONText.of(
      Document(
        lines: survey.lines, requests: survey.requests, requests_not_examined: survey.requestsNotExamined,
        paths: survey.paths, pages: survey.pages,
        effects: survey.effects.map {
          Effect(by: $0.cause, paths: $0.paths, pages: $0.pages, requests: $0.requests)
        },
        groups: survey.groups.prefix(limit).map {
          Group(page: $0.page, paths: $0.paths, requests: $0.requests, examples: $0.examples)
        },
        proposals: survey.proposals.prefix(limit).map {
          Proposal(flag: $0.flag, value: $0.value, before: $0.before, after: $0.after, requests: $0.requests)
        }))
  }

  private struct Document: Encodable {
    var lines: Int
    var requests: Int
    var requests_not_examined: Int
    var paths: Int
    var pages: Int
    var effects: [Effect]
    var groups: [Group]
    var proposals: [Proposal]
  }

  private struct Effect: Encodable {
    var by: String
    var paths: Int
    var pages: Int
    var requests: Int
  }

  private struct Group: Encodable {
    var page: String
    var paths: Int
    var requests: Int
    var examples: [String]
  }

  private struct Proposal: Encodable {
    var flag: String
    var value: String
    var before: Int
    var after: Int
    var requests: Int
  }
}

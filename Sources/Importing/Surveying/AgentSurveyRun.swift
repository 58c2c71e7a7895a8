import Collecting

/// Reads logs to find the user agents that no rule knows by name; writes nothing, and needs no database.
public final class AgentSurveyRun {
  private let files: SurveyedFiles
  private var tally: AgentTally

  /// Checks the options, finds the files and compiles the rules.
  ///
  /// - Parameter paths: files, globs, folders, `-` for standard input.
  /// - Throws: ``ImportFailure``.
  public init(paths: [String], reading: ReadingOptions, rules: RuleOptions) throws {
    files = try SurveyedFiles(paths: paths, reading: reading, rules: rules)
    tally = AgentTally(files.inputs.agents.rules)
  }

  /// Reads all files, one after the other.
  ///
  /// - Parameter onProblem: called for each file that could not be read completely.
  public func run(onProblem: (String) -> Void) -> AgentSurvey {
    let isComplete = files.read(onProblem: onProblem) { line, bytes, kind in
      tally.add(line, bytes, isPage: kind == .page)
    }
    var survey = tally.result()
    survey.isComplete = isComplete
    return survey
  }
}

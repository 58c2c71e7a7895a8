import Collecting
import PageNames
import PrivacyPipeline

/// Reads logs to show under which names their pages would be counted; writes nothing, and needs no database.
public final class PathSurveyRun {
  private let files: SurveyedFiles
  private var tally: PathTally

  /// Checks the options and finds the files.
  ///
  /// - Parameters:
  ///   - paths: files, globs, folders, `-` for standard input.
  ///   - site: the host whose settings apply to all lines; nil if the host of each line decides.
  /// - Throws: ``ImportFailure``.
  public init(paths: [String], reading: ReadingOptions, naming: SiteNaming, site: String?) throws {
    files = try SurveyedFiles(paths: paths, reading: reading, rules: RuleOptions())
    tally = PathTally(naming, site: site.map { HostName.canonical($0) })
  }

  /// Reads all files, one after the other.
  ///
  /// - Parameter onProblem: called for each file that could not be read completely.
  public func run(onProblem: (String) -> Void) -> PathSurvey {
    let isComplete = files.read(onProblem: onProblem) { line, bytes, kind in
      tally.add(line, bytes, isPage: kind == .page)
    }
    var survey = tally.result()
    survey.isComplete = isComplete
    return survey
  }
}

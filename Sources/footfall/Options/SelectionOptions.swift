import ArgumentParser
import Configuring
import Foundation
import Hits
import Importing

/// Flags that choose which lines are counted.
struct ChoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Exclude matching lines: path:/admin/*, agent:/monitor|uptime/, status:5*, address:10.0.0.0/8; repeatable.",
      valueName: "rule"))
  var exclude: [String] = []

  @Option(
    help: ArgumentHelp(
      "Exclude lines that match none of these rules, such as path:/blog/*; repeatable.", valueName: "rule"))
  var include: [String] = []

  func validate() throws { try Validation.ofSelection(since: nil, until: nil, texts) }

  var texts: LineSelection.Texts { LineSelection.Texts(include: include, exclude: exclude) }
}

/// Flags that choose which lines are counted, and which of them are page views.
struct LineRuleOptions: ParsableArguments {
  @OptionGroup var choice: ChoiceOptions

  @Option(
    help: ArgumentHelp(
      """
      Count matching lines as page views, whatever their extension, method and status: 'path:*.pdf status:2*'; \
      repeatable.
      """, valueName: "rule"))
  var pageview: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Change the extensions of assets (+csv2,-pdf), or list all of them (css,js,png).", valueName: "list"))
  var assets: String?

  func validate() throws { try Validation.ofSelection(since: nil, until: nil, texts) }

  var texts: LineSelection.Texts {
    var texts = choice.texts
    texts.pageviews = pageview
    texts.assets = assets
    return texts
  }
}

/// Flags that choose lines by time.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Exclude lines before this date, or the first day of this period, in the site's time zone, or before this instant \
      (2026-11-01T12:00:00+01:00).
      """, valueName: "period|instant"))
  var since: String?

  @Option(
    help: ArgumentHelp(
      "Exclude lines after this date, or the last day of this period, or from this instant on.",
      valueName: "period|instant"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "Both: today, yesterday, 7d, 30d, this-month, last-month, 2026-11, 2026, 2026-W45.", valueName: "period"))
  var period: String?

  func validate() throws {
    if period != nil, since != nil || until != nil {
      throw ValidationError("--period sets both ends; omit it, or --since and --until")
    }
    if let period, NamedPeriod(period) == nil {
      throw ValidationError("--period '\(period)' is not \(NamedPeriod.forms)")
    }
    try Validation.ofSelection(since: since, until: until, LineSelection.Texts())
  }

  /// Returns the lines that these flags and rules choose.
  ///
  /// - Throws: `ImportFailure`.
  func selection(_ rules: LineSelection.Texts, _ sites: [SiteSection]) throws -> LineSelection {
    try LineSelection(
      since: period ?? since, until: period ?? until, now: Int64(Date().timeIntervalSince1970), rules: rules,
      siteRules: sites.rules)
  }
}

/// Checks flags while they are parsed, so the same errors are found on the command line and in the configuration file.
private enum Validation {
  static func ofSelection(since: String?, until: String?, _ texts: LineSelection.Texts) throws {
    do {
      _ = try LineSelection(since: since, until: until, now: 0, rules: texts)
    } catch let error as ImportFailure {
      throw ValidationError(error.description)
    }
  }
}

import ArgumentParser
import Foundation
import Hits
import Importing
import PageNames
import Redaction

struct ImportStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-stats",
    abstract: "Bring statistics of another program along, as a series of their own.",
    discussion: """
      For the years whose logs are gone. What other programs counted is never added to what Footfall counts: it stays a \
      series of its own, by its own names, and reports show it apart. Only days before own counting begins are taken. \
      Hosts, addresses, users, search words and queries in such files are not read in.

      Kinds: awstats (awstatsMMYYYY.CONFIG.txt), webalizer and awffull (webalizer.hist, webalizer.current and \
      the like), goaccess (JSON report), goatcounter (CSV export), plausible (export zip, or its CSV files), matomo (CSV or JSON of the reporting API, by day).

      The same file twice adds nothing, a corrected one replaces. footfall undo takes an import back.

      Examples:
        footfall import-stats awstats /var/lib/awstats/awstats*.example.com.txt --site example.com
        footfall import-stats awstats /var/lib/awstats --create-sites    # the names of files tell the sites
        footfall import-stats webalizer /var/www/usage/webalizer.hist --site example.com
        footfall import-stats goaccess report.json --site example.com --until 2025-12-31
        footfall import-stats plausible example_com_20260101.zip --site example.com --dry-run
        footfall report --site example.com --interval year
      """)

  @Argument(help: ArgumentHelp("The program that wrote the files.", valueName: "kind"))
  var kind: PastOrigin

  @Argument(
    help: ArgumentHelp("Its files; for awstats, webalizer, awffull and plausible also folders.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions
  @OptionGroup var writer: WriterOptions

  @Option(
    help: ArgumentHelp(
      "The site of all files, which is created if it is new (default: the site whose host is in the names of AWStats's files).",
      valueName: "host"))
  var site: String?

  @Flag(help: "Without --site: create the sites that the names of AWStats's files tell.")
  var createSites = false

  @Option(
    help: ArgumentHelp("Time zone of a new site, such as Europe/Berlin (default: UTC).", valueName: "zone"))
  var timezone: String?

  @Option(
    help: ArgumentHelp(
      "Last day to take, or the period whose last day it is (default: the day before own counting begins).",
      valueName: "period"))
  var until: NamedPeriod?

  @Option(
    help: ArgumentHelp(
      """
      What becomes :email, :uuid, :token, :phone, :ip or :card in pages and referrers: nothing (off), what is certain \
      (default), or numbers, too, as :id (strict).
      """, valueName: "off|default|strict"))
  var redact: RedactionLevel?

  @Flag(help: "Show what would be added, and change nothing.")
  var dryRun = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print nothing unless something is wrong.")
  var quiet = false

  func run() throws {
    try ExitCodes.reporting {
      var options = PastImportOptions(
        database: stats.database, origin: kind, paths: paths, version: Version.number)
      options.wait = writer.wait
      options.site = site
      options.createsSites = createSites
      options.timeZone = timezone
      options.until = until
      var texts = NamingTexts()
      texts.redaction = redact
      options.naming = try PageOptions.naming(texts, try stats.config.sites())
      options.isDryRun = dryRun
      let summary = try PastImportRun.run(options, now: Int64(Date().timeIntervalSince1970))
      if json {
        Messages.output(try PastImportText.json(summary, isDryRun: dryRun))
      } else if !quiet {
        Messages.output(PastImportText.text(summary, isDryRun: dryRun))
      }
      if summary.isIncomplete { throw ExitCodes.incomplete }
    }
  }
}

extension PastOrigin: ExpressibleByArgument {}

import ArgumentParser
import Importing
import LogInput
import Sealing

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Count access logs into the database.",
    discussion: """
      Files may be plain or compressed (gzip, bzip2, xz, zstd), whatever their names. Lines that were counted before \
      are not counted again: import rotated, renamed, compressed and copied logs in any order, as often as you like. \
      In a folder and its subfolders, all files that look like access logs are counted; the summary reports skipped \
      files.

      Examples:
        footfall import access.log access.log.1 access.log.2.gz --site example.com
        footfall import '/var/log/nginx/access.log*' --site example.com --timezone Europe/Berlin
        footfall import other_vhosts_access.log            # the log's host column identifies the sites
        zcat -f old/*.gz | footfall import - --site example.com
        footfall import /var/log/apache2 --site example.com --geo GeoLite2-City.mmdb
        footfall import access.log --site example.com --nginx-conf /etc/nginx/nginx.conf
        footfall import /var/log/nginx --site example.com --follow 5
        footfall import                                    # the logs that footfall.toml names
        footfall import access.log --site example.com --format '$remote_addr [$time_local] "$request" $status'

      In cron jobs, nothing is printed to stderr unless something is wrong; --quiet also suppresses the summary.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, globs or folders; - for standard input (default: logs in the configuration file).", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var stats: StatsOptions

  @Option(
    help: ArgumentHelp(
      "Count the lines for this site, which is created if it is new (default: the hosts in the log decide).",
      valueName: "host"))
  var site: String?

  @Flag(help: "Create a site for each host in the log that belongs to no site, and list the new sites.")
  var createSites = false

  @Option(
    help: ArgumentHelp(
      "Time zone of a new site, which decides when its days begin, such as Europe/Berlin (default: UTC).",
      valueName: "zone"))
  var timezone: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var filters: LineRuleOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var pages: PageOptions

  @OptionGroup var counting: CountingOptions

  @Option(
    name: .customLong("follow"), defaultAsFlag: FollowPause.usual, parsing: .next,
    help: ArgumentHelp(
      "Keep importing until interrupted: check for new lines and new files at this interval.", valueName: "seconds")
  )
  var pause: FollowPause?

  func validate() throws {
    guard let pause else { return }
    // The library treats a value that is not a number as a path. That is right unless the value is joined to the flag.
    if CommandLine.arguments.contains(where: {
      $0.hasPrefix("--follow=") && FollowPause(argument: String($0.dropFirst(9))) == nil
    }) {
      throw ValidationError("--follow takes a number of seconds")
    }
    guard (0.1...86_400).contains(pause.seconds) else { throw ValidationError("--follow must be 0.1 to 86400 seconds") }
    if counting.isFinal {
      throw ValidationError("--final counts a line while it is still being written; do not use it with --follow")
    }
  }

  func run() throws {
    try ExitCodes.reporting {
      let sites = try stats.config.sites()
      let paths = try stats.config.logs(for: "import", given: paths)
      if pause != nil, paths.contains(InputPath.standardInput) {
        throw Refusal.usage("--follow needs files; it cannot follow standard input")
      }
      var options = try counting.options(
        paths: paths, database: stats.database, reading: lines.reading, rules: filters.texts, sites: sites)
      options.site = site
      options.timeZone = timezone
      options.events = eventRules.event
      options.naming = try pages.naming(sites)
      options.createsSites = createSites
      if let pause {
        try Follow(isJSON: counting.json, isQuiet: counting.quiet).run(options, every: pause)
      } else {
        try counting.run(options)
      }
    }
  }
}

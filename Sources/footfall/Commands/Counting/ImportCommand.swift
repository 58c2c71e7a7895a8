import ArgumentParser
import Importing

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Counts access logs into the database.",
    discussion: """
      Files may be plain or compressed (gzip, bzip2, xz, zstd), whatever they are called. What is in the database \
      already is not counted again: rotated, renamed, compressed and copied logs may all be given, in any order, \
      again and again. Of a folder all files in it and below count that look like access logs, whatever they are called; \
      what is left out is told.

      Examples:
        footfall import access.log access.log.1 access.log.2.gz --site example.com
        footfall import '/var/log/nginx/access.log*' --site example.com --timezone Europe/Berlin
        footfall import other_vhosts_access.log            sites told by the log's host column
        zcat -f old/*.gz | footfall import - --site example.com
        footfall import /var/log/apache2 --site example.com --geo GeoLite2-City.mmdb
        footfall import access.log --site example.com --nginx-conf /etc/nginx/nginx.conf
        footfall import /var/log/nginx --site example.com --follow 5
        footfall import access.log --site example.com --format '$remote_addr [$time_local] "$request" $status'

      In cron it prints nothing on stderr unless something is wrong; --quiet leaves out the summary too.
      """)

  @Argument(help: ArgumentHelp("Files, globs or folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup var stats: StatsOptions

  @Option(help: ArgumentHelp("Count every line for this site; made if it is new.", valueName: "host"))
  var site: String?

  @Flag(help: "Make a site of each host of the log that is no site's; they are listed.")
  var createSites = false

  @Option(
    help: ArgumentHelp(
      "The zone whose midnights part the days of a new site, for example Europe/Berlin (default: UTC).",
      valueName: "zone"))
  var timezone: String?

  @OptionGroup var lines: LineOptions

  @OptionGroup var filters: LineRuleOptions

  @OptionGroup var eventRules: EventOptions

  @OptionGroup var counting: CountingOptions

  @Option(
    name: .customLong("follow"), defaultAsFlag: FollowPause.usual, parsing: .next,
    help: ArgumentHelp(
      "Go on until interrupted: look every so many seconds for what has come, also in new files.", valueName: "seconds")
  )
  var pause: FollowPause?

  func validate() throws {
    guard let pause else { return }
    // The library takes a value that is no number for a path, which is right unless it is joined to the flag.
    if CommandLine.arguments.contains(where: {
      $0.hasPrefix("--follow=") && FollowPause(argument: String($0.dropFirst(9))) == nil
    }) {
      throw ValidationError("--follow takes a number of seconds")
    }
    guard (0.1...86_400).contains(pause.seconds) else { throw ValidationError("--follow must be 0.1 to 86400 seconds") }
    if paths.contains("-") { throw ValidationError("--follow goes with files; standard input ends by itself") }
    if counting.isFinal {
      throw ValidationError("--final takes a line that is being written for a whole one; leave it out with --follow")
    }
  }

  func run() throws {
    try ExitCodes.reporting {
      let sites = try stats.config.sites()
      var options = try counting.options(
        paths: paths, database: stats.database, reading: lines.reading, rules: filters.texts, sites: sites)
      options.site = site
      options.timeZone = timezone
      options.events = eventRules.event
      options.createsSites = createSites
      if let pause {
        try Follow(isJSON: counting.json, isQuiet: counting.quiet).run(options, every: pause)
      } else {
        try counting.run(options)
      }
    }
  }
}

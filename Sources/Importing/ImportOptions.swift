import PageNames

/// What happens to files whose lines are known in another order: merged, filtered or sorted copies.
public enum OverlapRule: String, CaseIterable, Sendable {
  /// They are skipped, and the reason is reported.
  case refuse
  /// Known lines are subtracted from them one for one, wherever they are.
  case lines
  /// Their lines are new: other servers logged identical ones.
  case new
}

/// The options of an import.
public struct ImportOptions: Sendable {
  /// Files, globs, folders, `-` for standard input.
  public var paths: [String]
  /// The path of the database.
  public var database: String
  /// The host of the site that every line counts for; nil if the log names the host of each line.
  public var site: String?
  /// The IANA time zone of a new site.
  public var timeZone: String?
  /// How lines are read.
  public var reading: ReadingOptions
  /// Which lines are counted.
  public var selection: LineSelection
  /// How pages are named and what is redacted.
  public var naming = SiteNaming()
  /// Whether to create sites for hosts that belong to no site.
  public var createsSites = false
  /// The sites that the configuration file describes.
  public var sites: [SiteDefinition] = []
  /// The paths of geo files, or `none` alone; empty for the remembered ones.
  public var geo: [String]
  /// The lists of robots' networks.
  public var robotAddresses: RobotAddressOptions
  /// The texts of rules that turn lines into events; the first one that matches a line applies.
  public var events: [String]
  /// How many files are read at a time.
  public var workers: Int
  /// Whether to count a last line that has no line end.
  public var takesPartialTail: Bool
  /// What happens to files whose lines are known in another order.
  public var overlap: OverlapRule
  /// Whether to read files again that have not changed since they were read.
  public var rereads: Bool
  /// The share of malformed lines, 0–1, above which a file is skipped.
  public var maxRejectRate: Double
  /// The path of a file that lists the file, line number and reason of each malformed line.
  public var rejectsFile: String?
  /// Whether to append to an existing rejects file.
  var addsToRejects = false
  /// How many seconds to wait for another writer.
  public var wait: Double
  /// The number of seconds a day must have been over and unchanged before it is sealed.
  public var sealDelay: Int64
  /// Whether to seal all days that are over when the import is done.
  public var sealsAtOnce: Bool
  /// The version of the program, recorded with the import.
  public var version: String
  /// The rules for user agents and referrers.
  public var rules: RuleOptions
  /// The smallest number of lines of a file that are compared with the ledger at once; bounds memory to some 30 MB.
  /// The result does not depend on it: tests make it small.
  var windowLines = 250_000

  /// Bundles the options of an import.
  public init(
    paths: [String], database: String, site: String?, timeZone: String?, reading: ReadingOptions,
    selection: LineSelection = .all, geo: [String], robotAddresses: RobotAddressOptions, events: [String], workers: Int,
    takesPartialTail: Bool, overlap: OverlapRule, rereads: Bool, maxRejectRate: Double, rejectsFile: String?,
    wait: Double, sealDelay: Int64, sealsAtOnce: Bool, version: String, rules: RuleOptions
  ) {
    self.paths = paths
    self.database = database
    self.site = site
    self.timeZone = timeZone
    self.reading = reading
    self.selection = selection
    self.geo = geo
    self.robotAddresses = robotAddresses
    self.events = events
    self.workers = workers
    self.takesPartialTail = takesPartialTail
    self.overlap = overlap
    self.rereads = rereads
    self.maxRejectRate = maxRejectRate
    self.rejectsFile = rejectsFile
    self.wait = wait
    self.sealDelay = sealDelay
    self.sealsAtOnce = sealsAtOnce
    self.version = version
    self.rules = rules
  }
}

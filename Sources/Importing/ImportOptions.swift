/// What becomes of files whose lines are known in another order: merged, filtered or sorted copies.
public enum OverlapRule: String, CaseIterable, Sendable {
  /// They are left out, with the reason.
  case refuse
  /// Known lines are subtracted from them, wherever they stand: one for one.
  case lines
  /// Their lines are new: other servers have logged the same ones.
  case new
}

/// What an import is asked to do.
public struct ImportOptions: Sendable {
  /// Files, globs, folders, `-` for standard input.
  public var paths: [String]
  /// The path of the database.
  public var database: String
  /// The host of the site that every line counts for; nil where the log's host column tells.
  public var site: String?
  /// The IANA zone of a new site.
  public var timeZone: String?
  /// How lines are to be read.
  public var reading: ReadingOptions
  /// Which lines are counted.
  public var selection: LineSelection
  /// Whether sites are made of hosts that are no site's.
  public var createsSites = false
  /// The sites that the configuration file describes.
  public var sites: [SiteDefinition] = []
  /// The paths of geo files, `none` alone, or nothing for the remembered ones.
  public var geo: [String]
  /// The paths of lists of robots' networks.
  public var botAddresses: [String]
  /// The texts of rules that make events of lines; the first that fits a line holds.
  public var events: [String]
  /// How many lines are parsed at a time.
  public var workers: Int
  /// Whether a last line without line end is counted.
  public var takesPartialTail: Bool
  /// What becomes of files whose lines are known in another order.
  public var overlap: OverlapRule
  /// Whether files are read again that have not changed since they were read.
  public var rereads: Bool
  /// The share of unreadable lines, 0–1, above which a file is left out.
  public var maxRejectRate: Double
  /// Where reason, file and line number of each unreadable line are written.
  public var rejectsFile: String?
  /// Whether they are added to those that are there.
  var addsToRejects = false
  /// How many seconds to wait for another writer.
  public var wait: Double
  /// How many seconds after it is over and untouched a day is sealed.
  public var sealDelay: Int64
  /// Whether all days that are over are sealed when the import is done.
  public var sealsAtOnce: Bool
  /// The version of the program, noted with the import.
  public var version: String
  /// The rules for user agents.
  public var rules: RuleOptions
  /// How many lines of a file are compared with the ledger at once, at least; bounds memory to some 30 MB. The result
  /// does not hang on it: tests make it small.
  var windowLines = 250_000

  /// Bundles what an import is asked to do.
  public init(
    paths: [String], database: String, site: String?, timeZone: String?, reading: ReadingOptions,
    selection: LineSelection = .all, geo: [String], botAddresses: [String], events: [String], workers: Int,
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
    self.botAddresses = botAddresses
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

public import Hits
public import PageNames

/// What statistics of another program to add, and how.
public struct PastImportOptions: Sendable {
  /// The database.
  public var database: String
  /// The number of seconds to wait for another writer.
  public var wait = 0.0
  /// The program that wrote the files.
  public var origin: PastOrigin
  /// The files, or folders with files of the program.
  public var paths: [String]
  /// The site of all files; nil if their names tell it.
  public var site: String?
  /// Whether sites that the names of files tell are created if there are none yet.
  public var createsSites = false
  /// The time zone of new sites; nil for UTC.
  public var timeZone: String?
  /// The period whose last day, on the site's clock, is the last one to add; nil for the day before the first one that was
  /// counted here.
  public var until: NamedPeriod?
  /// How much is redacted.
  public var naming = SiteNaming()
  /// Whether to find out what would be added, and to add nothing.
  public var isDryRun = false
  /// The version of the program.
  public var version: String

  /// Creates options.
  public init(database: String, origin: PastOrigin, paths: [String], version: String) {
    self.database = database
    self.origin = origin
    self.paths = paths
    self.version = version
  }
}

/// What became of files of another program.
public struct PastImportSummary: Sendable {
  /// A file.
  public struct File: Sendable {
    /// Its path as given.
    public var name: String
    /// The program that wrote it.
    public var origin: PastOrigin
    /// The main host of its site.
    public var host: String
    /// The first and last day that it covers, as far as it was taken; nil if nothing of it was.
    public var days: ClosedRange<Int32>?
    /// The number of its periods by what became of them.
    public var added = 0
    /// Periods that took the place of an earlier state.
    public var replaced = 0
    /// Periods whose numbers were here already.
    public var known = 0
    /// Periods of which a later state was here already.
    public var older = 0
    /// Periods that lost something, because own counting begins within them or before.
    public var cut = 0
    /// The number of rows that were added.
    public var rows = 0
    /// What the user should know about it.
    public var remarks: [String] = []

    /// Creates a file of which nothing is known yet.
    public init(name: String, origin: PastOrigin, host: String, remarks: [String] = []) {
      self.name = name
      self.origin = origin
      self.host = host
      self.remarks = remarks
    }
  }

  /// The number of the import; nil if nothing was added.
  public var id: Int64?
  /// The program.
  public var origin: PastOrigin
  /// The files, in the order in which they were read.
  public var files: [File] = []
  /// Whether something was left out that the user did not ask to leave out.
  public var isIncomplete = false
}

import GRDB
import Hits
import Ledger

/// A cache entry for a file that was read. As long as the file does not change, all its lines are in the ledger.
///
/// The cache only saves reading. Nothing else is concluded from it, and discarding it is always safe.
public struct CachedFile: Equatable, Sendable {
  /// What the file system reported about the file after it was read.
  public struct Stat: Equatable, Sendable {
    /// The device that contains it.
    public var device: Int64
    /// Its inode number on that device.
    public var inode: Int64
    /// Its size in bytes.
    public var size: Int64
    /// When its bytes last changed, in nanoseconds since 1970.
    public var modified: Int64
    /// When it was last changed in any way, in nanoseconds since 1970.
    public var changed: Int64

    /// Bundles the values.
    public init(device: Int64, inode: Int64, size: Int64, modified: Int64, changed: Int64) {
      self.device = device
      self.inode = inode
      self.size = size
      self.modified = modified
      self.changed = changed
    }
  }

  /// What is needed to continue reading a file that has grown.
  public struct Resumption: Equatable, Sendable {
    /// The place in the ledger of the line after the last one read.
    public var place: LinePlace
    /// The keyed hash of the file's first bytes.
    public var firstBytes: UInt64
    /// The keyed hash of the last bytes read.
    public var lastBytes: UInt64
    /// The number of lines read that were neither blank nor comments.
    public var readable: Int
    /// The number of them that were rejected.
    public var rejects: Int

    /// Bundles the values.
    public init(place: LinePlace, firstBytes: UInt64, lastBytes: UInt64, readable: Int, rejects: Int) {
      self.place = place
      self.firstBytes = firstBytes
      self.lastBytes = lastBytes
      self.readable = readable
      self.rejects = rejects
    }
  }

  /// The absolute path.
  public var path: String
  /// What the file system reported.
  public var stat: Stat
  /// Whether a change after reading would certainly show in `stat`.
  public var isSettled: Bool
  /// The format it was read in; nil if it has no lines.
  public var format: String?
  /// The checksum of the rules that selected its lines.
  public var selection: Int64
  /// The number of lines read, by site, day and the outcome they have when they are read again: known or excluded.
  public var lines: [OutcomeKey: Int]
  /// The length of these lines in bytes; the next byte starts a line.
  public var consumed: Int64
  /// How to continue reading; nil if the whole file must be read again.
  public var resumption: Resumption?

  /// Bundles the values.
  public init(
    path: String, stat: Stat, isSettled: Bool, format: String?, selection: Int64, lines: [OutcomeKey: Int],
    consumed: Int64, resumption: Resumption?
  ) {
    self.path = path
    self.stat = stat
    self.isSettled = isSettled
    self.format = format
    self.selection = selection
    self.lines = lines
    self.consumed = consumed
    self.resumption = resumption
  }
}

extension StatsStore {
  /// Returns the cache entries of files, by path.
  public func cachedFiles(_ paths: [String]) throws -> [String: CachedFile] {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT * FROM stat_cache WHERE path = ?")
      var files: [String: CachedFile] = [:]
      for path in paths {
        files[path] = try Row.fetchOne(statement, arguments: [path]).map(Self.cachedFile)
      }
      return files
    }
  }

  /// Stores cache entries, which replace earlier ones with the same paths.
  public func remember(_ files: [CachedFile]) throws {
    guard !files.isEmpty else { return }
    try write { db in
      let statement = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO stat_cache VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      for file in files {
        let resumption = file.resumption
        try statement.execute(arguments: [
          file.path, file.stat.device, file.stat.inode, file.stat.size, file.stat.modified, file.stat.changed,
          file.isSettled, file.format, file.selection, Self.text(file.lines), file.consumed, resumption?.place.stream,
          resumption?.place.sequence, resumption?.place.index,
          resumption.map { Int64(bitPattern: $0.firstBytes) }, resumption.map { Int64(bitPattern: $0.lastBytes) },
          resumption?.readable, resumption?.rejects,
        ])
      }
    }
  }

  /// Deletes all cache entries, because lines of these files are no longer in the ledger.
  static func forgetFiles(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM stat_cache")
  }

  /// Returns lines as `site day outcome lines` for each site, day and outcome.
  private static func text(_ lines: [OutcomeKey: Int]) -> String {
    lines.map { "\($0.key.site) \($0.key.day) \($0.key.outcome.name) \($0.value)" }.sorted().joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [OutcomeKey: Int] {
    var lines: [OutcomeKey: Int] = [:]
    for row in text.split(separator: "\n") {
      let words = row.split(separator: " ").map(String.init)
      guard words.count == 4, let site = UInt32(words[0]), let day = Int32(words[1]),
        let outcome = Outcome(name: words[2]), let count = Int(words[3])
      else { continue }
      lines[OutcomeKey(site: site, day: day, outcome: outcome)] = count
    }
    return lines
  }

  private static func cachedFile(_ row: Row) -> CachedFile {
    var resumption: CachedFile.Resumption?
    if let stream = row["stream"] as Int64? {
      resumption = CachedFile.Resumption(
        place: LinePlace(stream: stream, sequence: row["sequence"], index: row["line"]),
        firstBytes: UInt64(bitPattern: row["first_bytes"]), lastBytes: UInt64(bitPattern: row["last_bytes"]),
        readable: row["readable"], rejects: row["rejects"])
    }
    return CachedFile(
      path: row["path"],
      stat: CachedFile.Stat(
        device: row["device"], inode: row["inode"], size: row["size"], modified: row["modified"],
        changed: row["changed"]), isSettled: row["settled"], format: row["format"], selection: row["selection"],
      lines: lines(row["lines"]), consumed: row["consumed"], resumption: resumption)
  }
}

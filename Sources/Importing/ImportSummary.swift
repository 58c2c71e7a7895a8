import Hits
import Sealing
import StatsStore

/// What an import did: the outcomes of all lines.
public struct ImportSummary: Sendable {
  /// The same for one file.
  public struct File: Sendable {
    /// The path as given; `-` for standard input.
    public var name: String
    /// The format it was read in; nil if it could not be read.
    public var format: String?
    /// The outcomes of its lines.
    public var outcomes = OutcomeCounts()
    /// The problem with the file; nil if there was none.
    public var problem: String?
    /// A problem with the outcomes of its lines, though all of them were handled; nil if there is none.
    public var warning: String?
    /// Something worth knowing that is not a problem.
    public var remark: String?
    /// Whether it was skipped because only the operator knows its site, or its format if two fit equally well.
    public var needsWord = false
    /// Whether the file did not exist when it was to be read.
    var isMissing = false

    static let partialTail = "the last line has no line end and is left for the next run; --final counts it"

    /// The file and its problem in one line; nil if there was none.
    var complaint: String? { problem.map { name + ": " + $0 } }

    /// Creates the summary of a file that was not read.
    init(name: String, problem: String? = nil) {
      self.name = name
      self.problem = problem
    }

    /// Creates the summary of a file that was not read because it is unchanged: all its lines are known.
    init(unchanged file: CachedFile, name: String, isTailRead: Bool) {
      self.name = name
      format = file.format
      for (key, lines) in file.lines { outcomes[key.outcome] += lines }
      if file.consumed < file.stat.size, !isTailRead { remark = Self.partialTail }
    }

    mutating func addRemark(_ text: String) {
      remark = remark.map { $0 + "; " + text } ?? text
    }

    /// The format, problem, warning and remark, for the file's head line in the summary.
    public var note: String? {
      let parts = [format, problem, warning, remark].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
  }

  /// The number of the import in the database.
  public var id: Int64 = 0
  /// The files in the order given.
  public var files: [File] = []
  /// Whether collect requests were read instead of logs.
  public var isOfRequests = false
  /// Hosts in the log that belong to no site, most lines first; for requests, tracking ids.
  public var unknownHosts: [(host: String, lines: Int)] = []
  /// Remarks about the whole import.
  public var remarks: [String] = []
  /// The geo files that were asked for addresses and knew none of them.
  public var silentGeoFiles: [String] = []
  /// The number of days that were counted again.
  public var daysRebuilt = 0
  /// The days that were sealed, before or after reading.
  public var sealed: [SealedDay] = []

  /// The outcomes of all lines.
  public var outcomes: OutcomeCounts {
    files.reduce(into: OutcomeCounts()) { $0 += $1.outcomes }
  }

  /// Whether some file needs what only the operator knows: its format or its site.
  public var needsWord: Bool {
    files.contains { $0.needsWord }
  }

  /// Whether the operator should look at the outcomes of some file.
  public var hasWarnings: Bool {
    files.contains { $0.warning != nil }
  }

  /// Whether some file could not be read, was damaged or was skipped.
  public var isIncomplete: Bool {
    files.contains { $0.problem != nil }
  }
}

/// The progress of an import.
public struct ImportProgress: Sendable {
  /// Lines read so far.
  public var lines: Int
  /// Bytes read so far, as stored on disk.
  public var bytes: Int
  /// Bytes of all files; nil if standard input is among them.
  public var totalBytes: Int?
  /// The current step, for example the name of the file being read.
  public var stage: String
}

import Hits
import Sealing
import StatsStore

/// What an import did: how every line ended.
public struct ImportSummary: Sendable {
  /// The same of one file.
  public struct File: Sendable {
    /// The path as given; `-` for standard input.
    public var name: String
    /// The format it was read in; nil where it could not be read.
    public var format: String?
    /// How its lines ended.
    public var outcomes = OutcomeCounts()
    /// What was wrong with it; nil where nothing was.
    public var problem: String?
    /// What is wrong with how its lines ended, though all of them were dealt with; nil where nothing is.
    public var warning: String?
    /// Something worth knowing that is no problem.
    public var remark: String?
    /// Whether it was left out because only the operator can say its format, where two fit equally well, or its site.
    public var needsWord = false
    /// Whether there was no such file when it was to be read.
    var isMissing = false

    static let partialTail = "the last line has no line end and is left for the next run; --final counts it"

    /// Which file and what was wrong with it, in one line; nil where nothing was.
    var complaint: String? { problem.map { name + ": " + $0 } }

    /// A file that was not read.
    init(name: String, problem: String? = nil) {
      self.name = name
      self.problem = problem
    }

    /// A file that was not read because it is unchanged: all its lines are known.
    init(unchanged file: CachedFile, name: String, isTailRead: Bool) {
      self.name = name
      format = file.format
      for (key, lines) in file.lines { outcomes[key.outcome] += lines }
      if file.consumed < file.stat.size, !isTailRead { remark = Self.partialTail }
    }

    /// Adds something worth knowing.
    mutating func addRemark(_ text: String) {
      remark = remark.map { $0 + "; " + text } ?? text
    }

    /// The format and whatever there is to know, for the summary's head line.
    public var note: String? {
      let parts = [format, problem, warning, remark].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
  }

  /// The number of the import in the database.
  public var id: Int64 = 0
  /// The files in the order given.
  public var files: [File] = []
  /// Whether files of collect requests were read, not logs.
  public var isOfRequests = false
  /// Hosts of the log that are no site's, most lines first; of requests the tracking ids.
  public var unknownHosts: [(host: String, lines: Int)] = []
  /// Things worth knowing about the whole import.
  public var remarks: [String] = []
  /// How many days were counted anew.
  public var daysRebuilt = 0
  /// The days that were sealed, before reading or after it.
  public var sealed: [SealedDay] = []

  /// How all lines ended.
  public var outcomes: OutcomeCounts {
    files.reduce(into: OutcomeCounts()) { $0 += $1.outcomes }
  }

  /// Whether the operator has to say what only they know of some file: its format, or its site.
  public var needsWord: Bool {
    files.contains { $0.needsWord }
  }

  /// Whether an operator has to look at how the lines of some file ended.
  public var hasWarnings: Bool {
    files.contains { $0.warning != nil }
  }

  /// Whether some input was unreadable, damaged or left out.
  public var isIncomplete: Bool {
    files.contains { $0.problem != nil }
  }
}

/// How far an import is.
public struct ImportProgress: Sendable {
  /// Lines read so far.
  public var lines: Int
  /// Bytes read so far, as they lie on the disk.
  public var bytes: Int
  /// Bytes of all files; nil where standard input is among them.
  public var totalBytes: Int?
  /// What is being done, for example the name of the file.
  public var stage: String
}

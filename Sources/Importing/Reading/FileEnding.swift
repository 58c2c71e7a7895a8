import AccessLog
import LogInput

/// How reading a file ended.
struct FileEnding: Sendable {
  /// The number of chunks that were passed on.
  var chunks = 0
  /// The format; nil if the file has no line or could not be read.
  var format: LogFormat?
  /// The problem; nil if there was none.
  var problem: String?
  /// Whether the file did not exist when it was to be read.
  var isMissing = false
  /// A remark about the format that was detected.
  var remark: String?
  /// Whether the operator has to name what only they know: the site, or the format if two fit equally well.
  var needsWord = false
  /// Whether the format was detected, so that changes of it are followed.
  var isAdaptive = false
  /// Whether the last line read is part of a line that continues.
  var endsInPart = false
  /// The number of bytes after the last line end, which are left for the next run.
  var tailBytes = 0
  /// Whether reading started where an earlier run ended.
  var isResumed = false

  /// The file system's facts before the file was read; nil if it is not a regular file.
  var factsBefore: FileFacts?
  /// The file system's facts after the file was read.
  var factsAfter: FileFacts?
  /// When the file was opened, in nanoseconds since 1970.
  var openedAt: Int64 = 0
  /// Whether the lines that were delivered are exactly the whole lines of the file.
  var canBeCached = false
  /// The number of bytes of the lines that were delivered.
  var consumed = 0
  /// Keyed hashes of the file's first bytes and of the last ones consumed; nil if reading cannot resume there.
  var ends: (first: UInt64, last: UInt64)?
  /// The number of lines, including those of earlier runs, that were neither blank nor comments; set on commit.
  var readable = 0
  /// The number of those lines that are malformed or, as collect requests, invalid.
  var rejects = 0
}

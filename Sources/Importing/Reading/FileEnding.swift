import AccessLog
import LogInput

/// How the reading of a file ended.
struct FileEnding: Sendable {
  /// How many chunks were handed out.
  var chunks = 0
  /// The format; nil where the file has no line or could not be read.
  var format: LogFormat?
  /// What was wrong; nil where nothing was.
  var problem: String?
  /// Whether there was no such file when it was to be read.
  var isMissing = false
  /// Something worth knowing of the format that was found.
  var remark: String?
  /// Whether the operator has to say what only they know: the format, where two fit equally well, or the site.
  var needsWord = false
  /// Whether the format was found out, so that it is followed where it changes.
  var isAdaptive = false
  /// Whether the last line read is a part of one that goes on.
  var endsInPart = false
  /// Bytes after the last line end that were left for the next run.
  var tailBytes = 0
  /// Whether the file was read from where it ended the last time.
  var isResumed = false

  /// What the file system told before the file was read; nil where it is no regular file.
  var factsBefore: FileFacts?
  /// What the file system told afterwards.
  var factsAfter: FileFacts?
  /// When the file was opened, in nanoseconds since 1970.
  var openedAt: Int64 = 0
  /// Whether what was delivered are all lines, and lines only, of the file as it lies there.
  var canBeCached = false
  /// How many bytes the lines take up that were delivered.
  var consumed = 0
  /// Keyed hashes of the file's first bytes and of the last ones consumed; nil where it cannot be read on from there.
  var ends: (first: UInt64, last: UInt64)?
  /// How many lines, with those of earlier runs, were neither blank nor comments; counted when they are committed.
  var readable = 0
  /// How many of them could not be read.
  var rejects = 0
}

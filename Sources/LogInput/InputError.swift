/// Why an input cannot be read at all.
public enum InputError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(String)
  /// The file may not be read.
  case notPermitted(String)
  /// The folder holds no file that looks like a log.
  case folderWithoutLogs(String)
  /// A pattern that fits no file.
  case nothingMatches(String)
  /// A device, socket or the like.
  case noRegularFile(String)
  /// A kind of file that has to be unpacked or converted first; what it is and how.
  case unsupported(String, kind: String, advice: String)
  /// The system refused, with its reason.
  case system(String, reason: String)

  /// File, reason and what to do, in one line.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file; check the path"
    case .notPermitted(let path): "\(path): may not be read; run as a user of its group, or change its mode"
    case .folderWithoutLogs(let path): "\(path): no log in this folder; name the files themselves"
    case .nothingMatches(let path): "\(path): no file matches; check the pattern"
    case .noRegularFile(let path): "\(path): no regular file; use - to read from standard input"
    case .unsupported(let path, let kind, let advice): "\(path): \(kind); \(advice)"
    case .system(let path, let reason): "\(path): \(reason)"
    }
  }
}

/// What was wrong with an input that could be read in part. All before the damage was delivered.
public enum InputDamage: Equatable, Sendable, CustomStringConvertible {
  /// The compressed stream ends too early.
  case truncated
  /// The compressed stream is broken at this byte of the file.
  case corrupt(offset: Int)
  /// After the compressed stream something else follows, at this byte of the file.
  case trailingGarbage(offset: Int)
  /// Reading failed, with the system's reason.
  case unreadable(reason: String)

  /// The reason and what becomes of it.
  public var description: String {
    switch self {
    case .truncated: "the gzip stream is cut short; everything before was read, import the whole file to get the rest"
    case .corrupt(let offset): "the gzip stream is damaged at byte \(offset); everything before was read"
    case .trailingGarbage(let offset): "something that is not gzip follows at byte \(offset) and was left out"
    case .unreadable(let reason): "reading failed (\(reason)); everything before was read"
    }
  }
}

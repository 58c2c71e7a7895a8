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

  /// The path as given.
  public var path: String {
    switch self {
    case .missing(let path), .notPermitted(let path), .folderWithoutLogs(let path), .nothingMatches(let path),
      .noRegularFile(let path), .unsupported(let path, _, _), .system(let path, _):
      path
    }
  }

  /// What is wrong with it and what to do.
  public var reason: String {
    switch self {
    case .missing: "no such file; check the path"
    case .notPermitted: "may not be read; run as a user of its group, or change its mode"
    case .folderWithoutLogs: "no log in this folder; name the files themselves"
    case .nothingMatches: "no file matches; check the pattern"
    case .noRegularFile: "no regular file; use - to read from standard input"
    case .unsupported(_, let kind, let advice): "\(kind); \(advice)"
    case .system(_, let reason): reason
    }
  }

  /// File, reason and what to do, in one line.
  public var description: String { path + ": " + reason }
}

/// What was wrong with an input that could be read in part. All before the damage was delivered.
public enum InputDamage: Equatable, Sendable {
  /// The compressed stream ends too early.
  case truncated
  /// The compressed stream is broken at this byte of the file.
  case corrupt(offset: Int)
  /// The compressed stream asks for more memory than it may have.
  case tooLarge
  /// After the compressed stream something else follows, at this byte of the file.
  case trailingGarbage(offset: Int)
  /// Reading failed, with the system's reason.
  case unreadable(reason: String)

  /// The reason and what becomes of it, with the name of the compression.
  func description(_ compression: String) -> String {
    switch self {
    case .truncated:
      "the \(compression) stream is cut short; everything before was read, import the whole file to get the rest"
    case .corrupt(let offset):
      "the \(compression) stream is damaged at byte \(offset); everything before was read"
    case .tooLarge:
      "unpacking the \(compression) stream takes too much memory; unpack it and import what comes out"
    case .trailingGarbage(let offset):
      "something that is not \(compression) follows at byte \(offset) and was left out"
    case .unreadable(let reason): "reading failed (\(reason)); everything before was read"
    }
  }
}

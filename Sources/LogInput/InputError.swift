/// Why an input cannot be read at all.
public enum InputError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(String)
  /// Permission to read the file is denied.
  case notPermitted(String)
  /// The folder contains no file that looks like a log.
  case folderWithoutLogs(String)
  /// A pattern that matches no file.
  case nothingMatches(String)
  /// A device, socket or the like.
  case noRegularFile(String)
  /// A kind of file that must be unpacked or converted first; what it is and how.
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

  /// What is wrong with the input and what to do.
  public var reason: String {
    switch self {
    case .missing: "no such file; check the path"
    case .notPermitted: "permission denied; run as a user of the file's group, or change its mode"
    case .folderWithoutLogs: "no log found in this folder; name the files themselves"
    case .nothingMatches: "no file matches; check the pattern"
    case .noRegularFile: "not a regular file; use - to read from standard input"
    case .unsupported(_, let kind, let advice): "\(kind); \(advice)"
    case .system(_, let reason): reason
    }
  }

  /// File, reason and what to do, in one line.
  public var description: String { path + ": " + reason }
}

/// The damage of an input that could be read in part. Everything before the damage was delivered.
public enum InputDamage: Equatable, Sendable {
  /// The compressed stream ends too early.
  case truncated
  /// The compressed stream is damaged at this byte of the file.
  case corrupt(offset: Int)
  /// The compressed stream needs more memory than it may use.
  case tooLarge
  /// Something else follows the compressed stream, at this byte of the file.
  case trailingGarbage(offset: Int)
  /// Reading failed, with the system's reason.
  case unreadable(reason: String)

  /// Returns the reason and its consequence, with the name of the compression.
  func description(_ compression: String) -> String {
    switch self {
    case .truncated:
      "the \(compression) stream is truncated and was read as far as it goes; import the complete file to get the rest"
    case .corrupt(let offset):
      "the \(compression) stream is damaged at byte \(offset); everything before the damage was read"
    case .tooLarge:
      "decompressing the \(compression) stream takes too much memory; decompress it and import the result"
    case .trailingGarbage(let offset):
      "data that is not \(compression) follows at byte \(offset) and was skipped"
    case .unreadable(let reason): "reading failed (\(reason)); everything before the failure was read"
    }
  }
}

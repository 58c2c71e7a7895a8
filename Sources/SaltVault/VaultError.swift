/// The reason why the secrets beside a database cannot be read or written.
public enum VaultError: Error, Equatable, CustomStringConvertible {
  /// Users other than the owner can read the folder.
  case open(path: String)
  /// A secret has the wrong size: it was damaged or replaced.
  case damaged(path: String)
  /// A system call failed for this reason.
  case system(path: String, reason: String)

  /// The file, the reason and the remedy, on one line.
  public var description: String {
    switch self {
    case .open(let path): "\(path): other users can read the secrets in it; run chmod -R go= on it"
    case .damaged(let path): "\(path): the secret is damaged; restore it, or see docs/exactly-once.md"
    case .system(let path, let reason): "\(path): \(reason)"
    }
  }
}

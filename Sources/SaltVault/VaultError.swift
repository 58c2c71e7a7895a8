/// Why the secrets beside a database cannot be read or kept.
public enum VaultError: Error, Equatable, CustomStringConvertible {
  /// Others than the owner may read the folder.
  case open(path: String)
  /// A secret has the wrong size: it was damaged or exchanged.
  case damaged(path: String)
  /// The system refused, with its reason.
  case system(path: String, reason: String)

  /// File, reason and what to do, in one line.
  public var description: String {
    switch self {
    case .open(let path): "\(path): others may read the secrets in it; run chmod -R go= on it"
    case .damaged(let path): "\(path): the secret is damaged; restore it from a backup"
    case .system(let path, let reason): "\(path): \(reason)"
    }
  }
}

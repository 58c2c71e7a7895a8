import Glibc

/// What the file system tells of a path.
enum FileFacts {
  enum Kind {
    case file
    case folder
    case other
  }

  /// The kind of what a path leads to, symbolic links followed.
  static func kind(_ path: String) throws(InputError) -> Kind {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw OpenFile.error(path, errno) }
    return switch facts.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// The size of a regular file in bytes; nil for anything else.
  static func size(_ path: String) -> Int? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(facts.st_size)
  }
}

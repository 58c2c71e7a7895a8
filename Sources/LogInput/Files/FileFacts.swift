import Glibc

/// What the file system tells of a file: as long as it stays the same, nobody has written to the file.
public struct FileFacts: Equatable, Sendable {
  /// The device it lies on.
  public var device: Int64
  /// Its number there.
  public var inode: Int64
  /// Its size in bytes.
  public var size: Int64
  /// When its bytes last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// When it was last changed in any way, in nanoseconds since 1970; nobody can set this back.
  public var changed: Int64

  /// The facts of the regular file that a path leads to; nil for anything else.
  public init?(path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    self.init(facts)
  }

  init?(_ facts: stat) {
    guard facts.st_mode & S_IFMT == S_IFREG else { return nil }
    device = Int64(bitPattern: UInt64(facts.st_dev))
    inode = Int64(bitPattern: UInt64(facts.st_ino))
    size = Int64(facts.st_size)
    modified = Self.nanoseconds(facts.st_mtim)
    changed = Self.nanoseconds(facts.st_ctim)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Whether these are facts of one file, perhaps of other times.
  public func isSameFile(as other: FileFacts) -> Bool {
    device == other.device && inode == other.inode
  }

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
}

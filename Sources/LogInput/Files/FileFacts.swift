import Glibc

/// What the file system reports about a file. As long as this stays the same, the file has not been written to.
public struct FileFacts: Equatable, Sendable {
  /// The device that contains the file.
  public var device: Int64
  /// The file's number on the device.
  public var inode: Int64
  /// Its size in bytes.
  public var size: Int64
  /// When its bytes last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// When the file or its metadata last changed, in nanoseconds since 1970. This cannot be set back.
  public var changed: Int64

  /// Reads the facts of the regular file at a path; nil for anything else.
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

  /// Whether both describe the same file, possibly at different times.
  public func isSameFile(as other: FileFacts) -> Bool {
    device == other.device && inode == other.inode
  }

  enum Kind {
    case file
    case folder
    case other
  }

  /// Returns the kind of what is at a path, following symbolic links.
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

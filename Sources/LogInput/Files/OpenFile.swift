import Glibc

/// An open file or standard input, read by `read()`: a mapped file that is cut short would kill the process.
final class OpenFile {
  let path: String
  private let descriptor: CInt
  private let isOwned: Bool
  /// The bytes read so far.
  private(set) var position = 0

  /// Opens a file, or standard input where the path is `-`.
  init(path: String) throws(InputError) {
    self.path = path
    guard path != "-" else {
      descriptor = STDIN_FILENO
      isOwned = false
      return
    }
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Self.error(path, errno) }
    descriptor = opened
    isOwned = true
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// Reads up to `count` bytes to the place `start` of the buffer; 0 at the end.
  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(ReadFailure) -> Int {
    precondition(start + count <= buffer.count)
    while true {
      // Safe because the buffer holds `count` bytes from `start` on.
      let got = unsafe buffer.withUnsafeMutableBytes { room in
        unsafe Glibc.read(descriptor, room.baseAddress.map { unsafe $0 + start }, count)
      }
      if got >= 0 {
        position += got
        return got
      }
      if errno != EINTR { throw ReadFailure(reason: Self.reason(errno)) }
    }
  }

  /// What the file system tells of the open file; nil where it is no regular file.
  var facts: FileFacts? {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { return nil }
    return FileFacts(facts)
  }

  /// Reads on from this byte; false where the file does not allow it.
  func seek(to offset: Int) -> Bool {
    guard lseek(descriptor, offset, SEEK_SET) == offset else { return false }
    position = offset
    return true
  }

  /// The bytes in this range, which reading on does not notice; fewer where the file ends before.
  func bytes(in range: Range<Int>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    // Safe because the buffer has room for the range.
    let got = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe pread(descriptor, room.baseAddress, range.count, range.lowerBound)
    }
    return Array(bytes.prefix(max(0, got)))
  }

  static func error(_ path: String, _ code: CInt) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path)
    case EACCES, EPERM: .notPermitted(path)
    default: .system(path, reason: reason(code))
    }
  }

  static func reason(_ code: CInt) -> String {
    // Safe because strerror returns a text of the C library that is copied at once.
    unsafe String(cString: strerror(code))
  }
}

/// The system's reason why a read failed.
struct ReadFailure: Error {
  let reason: String
}

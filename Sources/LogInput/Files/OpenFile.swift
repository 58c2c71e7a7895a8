import Glibc

/// An open file or standard input, read with `read()`: a mapped file that is truncated would kill the process.
final class OpenFile {
  let path: String
  private let descriptor: CInt
  private let isOwned: Bool
  /// The number of bytes read so far.
  private(set) var position = 0

  /// Opens a file, or standard input if the path is `-`.
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

  /// Reads up to `count` bytes into the buffer at `start`. Returns the number of bytes; 0 at the end.
  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(ReadFailure) -> Int {
    precondition(start + count <= buffer.count)
    while true {
      // Safe because the buffer has room for `count` bytes from `start` on.
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

  /// What the file system reports about the open file; nil if it is not a regular file.
  var facts: FileFacts? {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else { return nil }
    return FileFacts(facts)
  }

  /// Continues reading at this byte. Returns false if the file does not allow it.
  func seek(to offset: Int) -> Bool {
    guard lseek(descriptor, offset, SEEK_SET) == offset else { return false }
    position = offset
    return true
  }

  /// Returns the bytes in this range, without affecting later reads; fewer if the file ends before.
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
    // Safe because strerror returns a text of the C library, which is copied at once.
    unsafe String(cString: strerror(code))
  }
}

/// The system's reason why a read failed.
struct ReadFailure: Error {
  let reason: String
}

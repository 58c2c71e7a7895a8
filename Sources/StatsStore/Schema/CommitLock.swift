import Glibc

/// Allows one transaction at a time on a database, across all processes. The kernel holds the lock and releases it
/// when the process ends.
///
/// ``WriterLock`` keeps a whole import apart from other commands. This lock is held for single transactions, so
/// that requests to the collect API can be stored while an import runs. SQLite's own lock would order the
/// transactions, but it does not separate a checkpoint from a write (the WAL-reset bug of versions before 3.51.3).
/// Nor does it separate lookups before a transaction from the sealing of a day.
final class CommitLock {
  private let descriptor: CInt
  private var holders = 0

  /// Opens the lock of a database without taking it yet. It uses the file of ``WriterLock``: the two kinds of lock
  /// do not affect each other (flock(2) and open file description locks, fcntl(2)).
  init(database path: String) throws(StoreError) {
    descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .database(
        path: path, code: 14,
        reason: "cannot create the lock file beside it; does the folder exist, and is it writable?")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Waits for the lock and holds it while `body` runs. A caller that already holds it continues at once.
  func hold<Value>(_ body: () throws -> Value) rethrows -> Value {
    if holders == 0 { while set(F_WRLCK) != 0, errno == EINTR {} }
    holders += 1
    defer {
      holders -= 1
      if holders == 0 { _ = set(F_UNLCK) }
    }
    return try body()
  }

  private func set(_ kind: CInt) -> CInt {
    var lock = Glibc.flock()
    lock.l_type = CShort(kind)
    lock.l_whence = CShort(SEEK_SET)
    // Safe because the kernel reads the structure only during the call.
    return unsafe withUnsafeMutablePointer(to: &lock) { unsafe fcntl(descriptor, Self.setAndWait, $0) }
  }

  /// `F_OFD_SETLKW`, which Glibc's module does not export.
  private static let setAndWait: CInt = 38
}

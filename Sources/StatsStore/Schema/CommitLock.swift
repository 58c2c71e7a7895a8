import Glibc

/// Lets one transaction at a time happen on a database, whichever process it is of. The lock is the kernel's and goes
/// with the process.
///
/// ``WriterLock`` keeps a whole import apart from other commands; this one is held for single transactions, so that
/// requests of the collect API are kept while an import runs. SQLite's own lock would order the transactions, but does
/// not keep a checkpoint apart from a write (the WAL-reset bug of versions before 3.51.3), nor what is looked up before
/// a transaction apart from the sealing of a day.
final class CommitLock {
  private let descriptor: CInt
  private var holders = 0

  /// Opens the lock of a database, on the file of ``WriterLock``, and does not take it yet: the two are of kinds that do
  /// not meet (flock(2) and open file description locks, fcntl(2)).
  init(database path: String) throws(StoreError) {
    descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .database(
        path: path, code: 14, reason: "cannot make the lock file beside it; is its folder there and writable?")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Waits for the lock and keeps it while `body` runs; whoever has it already goes on.
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
    // Safe because the kernel reads the structure during the call only.
    return unsafe withUnsafeMutablePointer(to: &lock) { unsafe fcntl(descriptor, Self.setAndWait, $0) }
  }

  /// `F_OFD_SETLKW`, which Glibc's module does not have.
  private static let setAndWait: CInt = 38
}

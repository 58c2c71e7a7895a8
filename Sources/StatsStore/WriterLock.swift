import Glibc

/// Lets one process write at a time. The lock is the kernel's and goes with the process, so that none is ever stale.
final class WriterLock {
  private let descriptor: CInt

  /// Takes the lock of a database, on a file of its own beside it.
  ///
  /// - Throws: ``StoreError/locked(path:)`` where another process holds it, ``StoreError/database(path:code:reason:)``
  ///   where the file cannot be made.
  init(database path: String) throws(StoreError) {
    let descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .database(
        path: path, code: 14, reason: "cannot make the lock file beside it; is its folder there and writable?")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .locked(path: path)
    }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }
}

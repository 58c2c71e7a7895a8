import Glibc

/// Lets one process write at a time. The lock is the kernel's and goes with the process, so that none is ever stale.
final class WriterLock {
  /// How long to sleep between two tries, in microseconds.
  private static let pause: UInt32 = 20_000

  private let descriptor: CInt

  /// Takes the lock of a database, on a file of its own beside it; nil where it is opened for reading.
  ///
  /// - Throws: ``StoreError/locked(path:)`` where another process holds it, ``StoreError/database(path:code:reason:)``
  ///   where the file cannot be made.
  init?(database path: String, _ mode: StatsStore.Mode) throws(StoreError) {
    guard case .write(let wait) = mode else { return nil }
    let descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .database(
        path: path, code: 14, reason: "cannot make the lock file beside it; is its folder there and writable?")
    }
    guard Self.lock(descriptor, wait: wait) else {
      close(descriptor)
      throw .locked(path: path)
    }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  private static func lock(_ descriptor: CInt, wait: Double) -> Bool {
    let end = now() + wait
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if now() >= end { return false }
      usleep(pause)
    }
    return true
  }

  /// Seconds on a clock that nobody sets.
  private static func now() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

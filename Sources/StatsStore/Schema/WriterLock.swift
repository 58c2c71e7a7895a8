import Foundation
import Glibc

/// Allows one process to write at a time. The kernel holds the lock and releases it when the process ends, so it is
/// never stale.
final class WriterLock {
  /// The pause between two attempts, in microseconds.
  private static let pause: UInt32 = 20_000

  private let descriptor: CInt

  /// Takes the lock of a database, on a file of its own beside it; nil unless the database is opened for writing
  /// alone.
  ///
  /// - Throws: ``StoreError/locked(path:)`` if another process holds it, ``StoreError/database(path:code:reason:)``
  ///   if the file cannot be created.
  init?(database path: String, _ mode: StatsStore.Mode) throws(StoreError) {
    guard case .write(let wait) = mode else { return nil }
    let descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .database(
        path: path, code: 14,
        reason: "cannot create the lock file beside it; does the folder exist, and is it writable?")
    }
    guard Self.lock(descriptor, wait: wait) else {
      close(descriptor)
      throw .locked(path: path)
    }
    self.descriptor = descriptor
  }

  /// Whether a process holds the lock of a database, by the kernel's list of locks (proc_locks(5)): trying the lock would
  /// get in the way of a command that wants it.
  static func isHeld(database path: String) -> Bool {
    var facts = stat()
    guard unsafe stat(path + ".lock", &facts) == 0,
      let list = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return false }
    return list.split(separator: "\n").contains { $0.contains("FLOCK") && $0.contains(":\(facts.st_ino) ") }
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

  /// Returns the seconds of a monotonic clock.
  private static func now() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

import Glibc

/// SIGINT and SIGTERM as requests to stop once the work under way is done.
///
/// The signals are blocked and stay pending in the kernel until they are checked for: none is lost, and no handler
/// runs. Create this on the first thread before there are others; they inherit the signal mask.
struct StopSignals {
  private var signals = sigset_t()

  /// Blocks the signals, so they no longer end the process.
  init() {
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Whether one of them is pending.
  var haveCome: Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    return [SIGINT, SIGTERM].contains { unsafe sigismember(&pending, $0) == 1 }
  }

  /// Waits for a signal for at most this many seconds, and returns whether one has come.
  func come(within seconds: Double) -> Bool {
    var signals = signals
    var time = timespec()
    time.tv_sec = Int(seconds)
    time.tv_nsec = Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9)
    // Any other signal, such as SIGCONT, ends the wait early, which does no harm.
    return unsafe sigtimedwait(&signals, nil, &time) > 0
  }
}

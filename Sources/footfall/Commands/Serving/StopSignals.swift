import Glibc

/// SIGINT and SIGTERM as a wish to stop, so that what is under way is done first.
///
/// They are blocked, so that they wait in the kernel until somebody asks for them: none can be lost, and nothing has to be
/// done while one is handled. For the first thread, before there are others; those inherit it.
struct StopSignals {
  private var signals = sigset_t()

  /// Lets them wait from now on, in the place of ending the process.
  init() {
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Whether one has come.
  var haveCome: Bool {
    var pending = sigset_t()
    unsafe sigpending(&pending)
    return [SIGINT, SIGTERM].contains { unsafe sigismember(&pending, $0) == 1 }
  }

  /// Waits for one, so many seconds at most; whether it has come.
  func come(within seconds: Double) -> Bool {
    var signals = signals
    var time = timespec()
    time.tv_sec = Int(seconds)
    time.tv_nsec = Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9)
    // Any other signal, such as that of a process that goes on, ends the waiting early, which does no harm.
    return unsafe sigtimedwait(&signals, nil, &time) > 0
  }
}

import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM as a wish to stop, so that what is under way is done first.
final class StopSignals {
  private let came: Came
  private let sources: [any DispatchSourceSignal]

  /// Listens from now on, in the place of the system, which would end the process.
  init() {
    let came = Came()
    self.came = came
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { came.note() }
      source.resume()
      return source
    }
  }

  /// Whether one has come.
  var haveCome: Bool { came.isNoted }

  /// Waits for one, so many seconds at most; whether it has come.
  func come(within seconds: Double) -> Bool { came.wait(seconds) }

  /// Whether a signal came, for all threads.
  private final class Came: Sendable {
    private let state = Atomic(false)
    private let wake = DispatchSemaphore(value: 0)

    var isNoted: Bool { state.load(ordering: .acquiring) }

    func note() {
      state.store(true, ordering: .releasing)
      wake.signal()
    }

    func wait(_ seconds: Double) -> Bool {
      isNoted || wake.wait(timeout: .now() + seconds) == .success
    }
  }
}

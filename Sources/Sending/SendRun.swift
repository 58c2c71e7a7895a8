import Foundation
import Synchronization

/// Sends a file of requests to a collect API from several threads, each with its own connection.
public struct SendRun: Sendable {
  private let options: SendOptions

  /// - Throws: ``SendFailure`` if the address of the server is invalid.
  public init(_ options: SendOptions) throws {
    var options = options
    while options.server.hasSuffix("/") { options.server.removeLast() }
    guard options.server.hasPrefix("https://") || options.server.hasPrefix("http://") else {
      throw SendFailure.usage("--to needs the address of a server, such as https://stats.example")
    }
    self.options = options
  }

  /// Sends all lines that are not done.
  ///
  /// - Parameter onRefusal: called with the number of each refused line and the reason.
  /// - Throws: ``SendFailure``; another run continues from there.
  public func run(onRefusal: @escaping @Sendable (Int, String) -> Void) throws -> SendSummary {
    let progress = SharedProgress(try SendProgress(options, onRefusal))
    let threads = DispatchGroup()
    for _ in 0..<options.connections {
      threads.enter()
      Thread.detachNewThread {
        progress.sendLines(options)
        threads.leave()
      }
    }
    threads.wait()
    return try progress.end()
  }
}

/// The progress that all threads share.
private final class SharedProgress: Sendable {
  private struct State: ~Copyable {
    var progress: SendProgress
    var failure: SendFailure?
  }

  private let state: Mutex<State>

  init(_ progress: sending SendProgress) {
    state = Mutex(State(progress: progress))
  }

  /// Sends line after line until none is left or one has failed.
  func sendLines(_ options: SendOptions) {
    do throws(SendFailure) {
      var client = try CollectClient(options)
      while let (line, kind) = try next() {
        let answer = try client.send(line.bytes, as: kind, isOver: hasFailed)
        try state.withLock { (state) throws(SendFailure) in try state.progress.note(answer, ofLine: line.number) }
      }
    } catch {
      state.withLock { state in
        if state.failure == nil { state.failure = error }
      }
    }
  }

  /// Returns the summary.
  ///
  /// - Throws: the first failure.
  func end() throws(SendFailure) -> SendSummary {
    try state.withLock { (state) throws(SendFailure) in
      if let failure = state.failure { throw failure }
      return state.progress.summary
    }
  }

  private func hasFailed() -> Bool { state.withLock { $0.failure != nil } }

  private func next() throws(SendFailure) -> (line: RequestLine, kind: String)? {
    try state.withLock { (state) throws(SendFailure) in
      state.failure == nil ? try state.progress.next() : nil
    }
  }
}

import Foundation
import Importing
import StatsStore

/// The queue of requests to store, and the thread that stores them, many in one transaction. While one transaction is
/// written to disk, requests for the next one accumulate. No request waits for a transaction to fill up.
///
/// Unchecked because the condition guards what callers and the thread share, and only the thread touches the rest.
final class CollectQueue: @unchecked Sendable {
  /// The result of a request.
  enum Result: Sendable {
    case answered(LiveAnswer)
    /// Too many requests are waiting.
    case full
    /// The database failed; nothing of the request was stored.
    case failed
  }

  private struct Waiting {
    var request: LiveRequest
    var resume: CheckedContinuation<Result, Never>
  }

  private let condition = NSCondition()
  private var waiting: [Waiting] = []
  private var isClosed = false
  private var hasEnded = false

  private let counting: LiveCounting
  private let tokens: TokenList
  private let onProblem: @Sendable (String) -> Void
  private var upkeep = RecountSchedule()

  init(_ counting: LiveCounting, tokens: TokenList, onProblem: @escaping @Sendable (String) -> Void) {
    self.counting = counting
    self.tokens = tokens
    self.onProblem = onProblem
    let thread = Thread { [self] in run() }
    thread.stackSize = 4 * 1_024 * 1_024
    thread.start()
  }

  /// Stores a request.
  ///
  /// - Returns: the result, once it is on disk.
  func keep(_ request: LiveRequest) async -> Result {
    await withCheckedContinuation { continuation in
      condition.lock()
      let isTaken = waiting.count < Limits.waiting && !isClosed
      if isTaken {
        waiting.append(Waiting(request: request, resume: continuation))
        condition.signal()
      }
      condition.unlock()
      if !isTaken { continuation.resume(returning: .full) }
    }
  }

  /// Stores the waiting requests, recounts the changed days, and ends the thread.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    while !hasEnded { condition.wait() }
    condition.unlock()
  }

  private func run() {
    while let group = next() {
      if !group.isEmpty { keep(group) }
      maintain()
    }
    upkeep.force()
    maintain()
    condition.lock()
    hasEnded = true
    condition.broadcast()
    condition.unlock()
  }

  /// Returns the waiting requests, or an empty array after a while without any; nil once the queue is closed and empty.
  private func next() -> [Waiting]? {
    condition.lock()
    defer { condition.unlock() }
    if waiting.isEmpty, !isClosed { _ = condition.wait(until: Date(timeIntervalSinceNow: 1)) }
    if waiting.isEmpty, isClosed { return nil }
    let group = Array(waiting.prefix(Limits.group))
    waiting.removeFirst(group.count)
    return group
  }

  private func keep(_ group: [Waiting]) {
    do {
      let answers = try counting.count(group.map(\.request))
      for (one, answer) in zip(group, answers) { one.resume.resume(returning: .answered(answer)) }
      upkeep.noteChange()
    } catch {
      onProblem("requests could not be stored: \(error)")
      for one in group { one.resume.resume(returning: .failed) }
    }
  }

  private func maintain() {
    do {
      try upkeep.run { try counting.maintain() }
      let used = tokens.takeUsed(today: Int32(Date().timeIntervalSince1970 / 86_400))
      if !used.isEmpty { try counting.noteUse(ofTokens: used) }
    } catch {
      onProblem("\(error)")
    }
  }
}

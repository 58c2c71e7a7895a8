import DequeModule
import Foundation

/// Passes values between threads; takers wait while it is empty.
///
/// An import uses threads rather than tasks, because all of its work blocks: on reading, inflating, SQLite. Takers
/// wait on a POSIX condition, so no thread spins and no lock is held while inflating.
///
/// Unchecked because the condition guards all of its state.
final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var elements: Deque<Element> = []
  private var isClosed = false

  /// Appends a value.
  func put(_ element: Element) {
    condition.lock()
    elements.append(element)
    condition.signal()
    condition.unlock()
  }

  /// Removes and returns the oldest value, waiting for one if there is none; nil once the queue is closed and
  /// empty. The queue releases the value: otherwise the next write to a buffer in it would copy the buffer.
  func take() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while elements.isEmpty, !isClosed { condition.wait() }
    return elements.popFirst()
  }

  /// Whether no value is waiting to be taken.
  var isEmpty: Bool {
    condition.lock()
    defer { condition.unlock() }
    return elements.isEmpty
  }

  /// Ends takers once all values are taken.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// Drops all values and ends takers now.
  func abandon() {
    condition.lock()
    elements.removeAll()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}

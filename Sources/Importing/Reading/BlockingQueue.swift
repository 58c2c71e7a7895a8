import DequeModule
import Foundation

/// Hands values from some threads to others; takers wait while it is empty.
///
/// Threads rather than tasks do the work of an import, because all of them block: on reading, inflating, SQLite. Waiting
/// is done on a POSIX condition, so that no thread spins and nobody holds a lock while inflating.
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

  /// The oldest value, waiting for one; nil once the queue is closed and empty. The queue lets go of it: a buffer that it
  /// still held would be copied by who writes to it next.
  func take() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while elements.isEmpty, !isClosed { condition.wait() }
    return elements.popFirst()
  }

  /// Whether there is no value to be taken.
  var isEmpty: Bool {
    condition.lock()
    defer { condition.unlock() }
    return elements.isEmpty
  }

  /// Lets takers end once all values are taken.
  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// Forgets all values and lets takers end now.
  func abandon() {
    condition.lock()
    elements.removeAll()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}

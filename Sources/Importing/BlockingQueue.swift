import Foundation

/// Hands values from some threads to others; takers wait while it is empty.
///
/// Threads rather than tasks do the work of an import, because all of them block: on reading, inflating, SQLite. Waiting
/// is done on a POSIX condition, so that no thread spins and nobody holds a lock while inflating.
///
/// Unchecked because the condition guards all of its state.
final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var head = 0
  private var isClosed = false

  /// Appends a value.
  func put(_ element: Element) {
    condition.lock()
    elements.append(element)
    condition.signal()
    condition.unlock()
  }

  /// The oldest value, waiting for one; nil once the queue is closed and empty.
  func take() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while head == elements.count, !isClosed { condition.wait() }
    guard head < elements.count else { return nil }
    let element = elements[head]
    head += 1
    if head > 64, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
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
    head = 0
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}

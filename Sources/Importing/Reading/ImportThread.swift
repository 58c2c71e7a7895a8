import Foundation

/// The threads of an import: threads rather than tasks, because they block on reading and on queues.
enum ImportThread {
  static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = 4 * 1_024 * 1_024
    thread.start()
  }
}

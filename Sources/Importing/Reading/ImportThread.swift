import Foundation

/// Threads of an import. They block on reading and on queues, so they are threads and no tasks.
enum ImportThread {
  /// Starts a thread.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = 4 * 1_024 * 1_024
    thread.start()
  }
}

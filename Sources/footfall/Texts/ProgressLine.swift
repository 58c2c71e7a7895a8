import Foundation
import Importing
import Reporting
import Synchronization

/// One line on the terminal that shows how far the import is and how long it will take.
final class ProgressLine: Sendable {
  private struct State {
    var lastShown = 0.0
    var isOnScreen = false
  }

  private let isShown: Bool
  private let started = ProcessInfo.processInfo.systemUptime
  private let state = Mutex(State())

  init(isShown: Bool) {
    self.isShown = isShown
  }

  /// Shows the progress, at most ten times a second.
  func show(_ progress: ImportProgress) {
    guard isShown else { return }
    let now = ProcessInfo.processInfo.systemUptime
    state.withLock { state in
      guard now - state.lastShown > 0.1 else { return }
      state.lastShown = now
      state.isOnScreen = true
      let text = Self.text(progress, seconds: now - started)
      try? FileHandle.standardError.write(contentsOf: Data(("\r\u{1B}[K" + text).utf8))
    }
  }

  /// Clears the line before something else is printed.
  func clear() {
    state.withLock { state in
      guard state.isOnScreen else { return }
      state.isOnScreen = false
      try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }
  }

  private static func text(_ progress: ImportProgress, seconds: Double) -> String {
    let rate = seconds > 0 ? Int(Double(progress.lines) / seconds) : 0
    var text = "\(NumberText.grouped(progress.lines)) lines, \(NumberText.grouped(rate))/s"
    if let total = progress.totalBytes, total > 0, progress.bytes > 0 {
      let share = min(1, Double(progress.bytes) / Double(total))
      let left = Int(seconds / share - seconds)
      text += ", \(Int(share * 100)) %, \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    }
    return text + ", " + progress.stage
  }
}

import Foundation

/// Bounds what an import holds in memory: chunks on their way to the counter, and counted lines that wait to be committed.
///
/// Files are committed in the order given, so that the result depends on nothing else. Later files are read ahead
/// as far as the bounds allow. The file whose turn it is can always be read further.
///
/// Unchecked because the condition guards all of its state.
final class ReadAhead: @unchecked Sendable {
  private let condition = NSCondition()
  private let mostChunks: Int
  private let mostLines: Int
  private var chunks = 0
  private var lines: [Int: Int] = [:]
  private var allLines = 0
  private var turn = 0
  private var isCancelled = false

  /// - Parameters:
  ///   - chunks: how many chunks may be on their way to the counter.
  ///   - lines: how many counted lines may wait; the file whose turn it is may have as many again.
  init(chunks: Int, lines: Int) {
    mostChunks = max(2, chunks)
    mostLines = lines
  }

  /// Waits until a chunk of a file may be read; returns false if reading is to end.
  func waitForPlace(_ file: Int) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while !isCancelled, !mayRead(file) { condition.wait() }
    guard !isCancelled else { return false }
    chunks += 1
    return true
  }

  private func mayRead(_ file: Int) -> Bool {
    if file == turn { return chunks < mostChunks && (allLines < mostLines || lines[file, default: 0] < mostLines) }
    return chunks < mostChunks - 1 && allLines < mostLines
  }

  /// Gives back the place of a chunk that did not come.
  func giveUpPlace() {
    change { chunks -= 1 }
  }

  /// Notes that a chunk was counted and its lines wait to be committed.
  func counted(_ count: Int, of file: Int) {
    change {
      chunks -= 1
      lines[file, default: 0] += count
      allLines += count
    }
  }

  /// Notes that lines were committed.
  func committed(_ count: Int, of file: Int) {
    change {
      lines[file, default: 0] -= count
      allLines -= count
    }
  }

  /// Gives a file its turn.
  func giveTurn(to file: Int) {
    change {
      lines[turn] = nil
      turn = file
    }
  }

  /// Ends the readers.
  func cancel() {
    change { isCancelled = true }
  }

  private func change(_ body: () -> Void) {
    condition.lock()
    body()
    condition.broadcast()
    condition.unlock()
  }
}

import Collecting
import Foundation

/// The progress of sending: the next line, the summary and the journal.
struct SendProgress {
  private let options: SendOptions
  private let onRefusal: @Sendable (Int, String) -> Void
  private var lines: RequestLines
  private var journal: SendJournal?
  private var isFirst = true
  private var body = CollectBody()
  private var request = CollectRequest()
  private(set) var summary = SendSummary()

  /// - Throws: ``SendFailure`` if the file cannot be opened.
  init(_ options: SendOptions, _ onRefusal: @escaping @Sendable (Int, String) -> Void) throws(SendFailure) {
    self.options = options
    self.onRefusal = onRefusal
    lines = try RequestLines(path: options.path)
  }

  /// Returns the next line to send and the kind of its request; nil at the end.
  mutating func next() throws(SendFailure) -> (line: RequestLine, kind: String)? {
    while let line = lines.next() {
      if let kind = try kindToSend(line) { return (line, kind) }
    }
    return nil
  }

  private mutating func kindToSend(_ line: RequestLine) throws(SendFailure) -> String? {
    if isFirst, let path = options.journal {
      journal = try SendJournal(path: path, server: options.server, firstLine: line.bytes)
    }
    isFirst = false
    if line.bytes.allSatisfy({ $0 <= 0x20 }) {
      summary.blank += 1
      return nil
    }
    if journal?.has(line.number) ?? false {
      summary.done += 1
      return nil
    }
    let now = Int64(Date().timeIntervalSince1970)
    let broken = body.read(line.bytes.span, line.bytes.indices, now: now, into: &request)
    if let rule = broken.first {
      try note(.refused(rule.description), ofLine: line.number)
      return nil
    }
    return request.kind == .event ? "event" : "pageview"
  }

  /// Records the result of a line.
  mutating func note(_ answer: CollectClient.Answer, ofLine number: Int) throws(SendFailure) {
    switch answer {
    case .counted: summary.counted += 1
    case .skipped: summary.skipped += 1
    case .refused(let reason):
      summary.refused += 1
      onRefusal(number, reason)
    }
    try journal?.note(number)
  }
}

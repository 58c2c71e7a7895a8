import ByteScanning

/// What aggregators of feeds say in their user agents: for how many people they fetch a feed, and its id among their feeds.
///
/// Sources: agents as sent, for example `Feedly/1.0 (+…; 33 subscribers; …)`, `Feedbin feed-id:7 - 12 subscribers`,
/// `theoldreader.com; 1 subscribers; feed-id=4f…`, `Breaker/v315 (subscribers=5; feed-id=9; …)`, `LiveJournal.com (…; 3
/// readers)`; the code of NewsBlur and Feedbin.
enum SubscriberCount {
  /// Returns what an agent, in lower case, says; nil if it names no number of subscribers.
  static func read(_ agent: [UInt8]) -> Robot.Subscribers? {
    let names = words.contains { ByteSearch.firstIndex(of: $0, in: agent.span, from: 0, to: agent.count) != nil }
    guard names else { return nil }
    let text = String(decoding: agent, as: UTF8.self)
    guard let digits = count(text), let count = UInt32(digits) else { return nil }
    let feed = text.firstMatch(of: /feed-?id\s*[:=]\s*([a-z0-9]{1,40})/).map { String($0.output.1) } ?? ""
    return Robot.Subscribers(count: count, feed: feed)
  }

  private static let words = ["subscriber", " readers"].map { Array($0.utf8) }

  /// Returns the digits before or after the word.
  private static func count(_ text: String) -> Substring? {
    if let match = text.firstMatch(of: /\b(\d{1,9})\s+(?:subscriber\(s\)|subscribers?\b|readers\b)/) {
      return match.output.1
    }
    return text.firstMatch(of: /\bsubscribers?(?:\s+count)?\s*[=: ]\s*(\d{1,9})\b/)?.output.1
  }
}

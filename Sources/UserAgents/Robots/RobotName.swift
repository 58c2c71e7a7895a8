import ByteScanning

/// Finds the name of a robot, and the host that explains it, in a user agent that no directory names.
///
/// Nothing else of an agent may be stored. A name is a word as programs are called: letters first, few digits, no sign
/// that addresses or identifiers need. Names that robots choose at will are shown as any other; reports escape them, and
/// a day keeps a limited number.
struct RobotName {
  private let agent: [UInt8]
  /// The agent in lower case.
  let lower: [UInt8]

  init(_ agent: Span<UInt8>) {
    self.agent = ByteCopy.bytes(agent, 0..<agent.count)
    lower = self.agent.map(Byte.lower)
  }

  /// Returns the name: the word that a rule has matched, or else the word where robots write their name.
  func name(matched range: Range<Int>?) -> String? {
    if let range, let word = word(around: range), Self.isName(word), !Self.isOfBrowsers(word) { return word }
    return [afterCompatible, afterEngine, lastRobot, first].lazy.compactMap { $0() }.first ?? host
  }

  /// The host of the first web address in the agent, without `www.`; nil if there is none.
  var host: String? {
    for scheme in Self.schemes {
      guard var start = index(of: scheme).map({ $0 + scheme.count }) else { continue }
      var end = start
      while end < agent.count, Self.isOfHost(agent[end]) || agent[end] == Byte.at {
        // What is before the sign is a user's name.
        if agent[end] == Byte.at { start = end + 1 }
        end += 1
      }
      var host = String(decoding: agent[start..<end], as: UTF8.self).lowercased()
      if host.hasPrefix("www.") { host.removeFirst(4) }
      while host.last == "." { host.removeLast() }
      // A part with several digits may be an address, or a customer's.
      while let dot = host.firstIndex(of: "."), host[..<dot].utf8.count(where: Byte.isDigit) > 2 {
        host = String(host[host.index(after: dot)...])
      }
      let hasLetters = host.utf8.last.map(Byte.isLetter) ?? false
      if hasLetters, host.contains("."), host.utf8.count <= Self.longestHost { return host }
    }
    return nil
  }

  private static let longest = 40
  private static let longestHost = 80
  private static let schemes = [Array("https://".utf8), Array("http://".utf8), Array("www.".utf8)]

  /// The whole word that a match is a part of; nil if the match has no letters.
  private func word(around range: Range<Int>) -> String? {
    guard let first = range.first(where: { Byte.isLetter(agent[$0]) }) else { return nil }
    var start = first
    while start > 0, Self.isOfName(agent[start - 1]) { start -= 1 }
    return word(from: start)
  }

  /// The word that starts at an index, without signs at its end; empty if it is a part of a mail address.
  private func word(from start: Int) -> String { String(decoding: agent[rangeOfWord(from: start)], as: UTF8.self) }

  private func rangeOfWord(from start: Int) -> Range<Int> {
    var end = start
    while end < agent.count, Self.isOfName(agent[end]) { end += 1 }
    if isBesideAt(start..<end) { return start..<start }
    while end > start, !Byte.isLetterOrDigit(agent[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Whether a word is before or after the sign in a mail address, also if that is written out.
  private func isBesideAt(_ word: Range<Int>) -> Bool {
    if word.lowerBound > 0, agent[word.lowerBound - 1] == Byte.at { return true }
    return Self.atSigns.contains { sign in
      let end = word.upperBound + sign.count
      return end <= agent.count && sign.indices.allSatisfy { agent[word.upperBound + $0] | 0x20 == sign[$0] | 0x20 }
    }
  }

  private static let atSigns = ["@", "(at)", " (at)", "[at]", " [at]", " at ", "%40"].map { Array($0.utf8) }

  /// `Mozilla/5.0 (compatible; NAME/1.0; …)`.
  private func afterCompatible() -> String? { name(after: Self.compatible) }

  /// `AppleWebKit/537.36 (KHTML, like Gecko; compatible; NAME/1.0; …)`, or without `compatible`.
  private func afterEngine() -> String? { name(after: Self.engine) }

  private func name(after text: [UInt8]) -> String? {
    guard var start = index(of: text).map({ $0 + text.count }) else { return nil }
    while start < agent.count, agent[start] == Byte.space { start += 1 }
    let word = word(from: start)
    return Self.isName(word) ? word : nil
  }

  /// The last word with a version that is called after what robots do, outside of web addresses.
  private func lastRobot() -> String? {
    for start in agent.indices.reversed() where startsWord(start) {
      let range = rangeOfWord(from: start)
      let isRobot = Self.parts.contains {
        ByteSearch.firstIndex(of: $0, in: lower.span, from: range.lowerBound, to: range.upperBound) != nil
      }
      let word = String(decoding: agent[range], as: UTF8.self)
      if isRobot, Self.isName(word) { return word }
    }
    return nil
  }

  /// The word at the start, unless it is a browser's.
  private func first() -> String? {
    guard let letter = agent.first, Byte.isLetter(letter) else { return nil }
    let word = word(from: 0)
    return Self.isName(word) && !Self.isOfBrowsers(word) ? word : nil
  }

  /// Whether a word begins at an index: at the start, after a blank, a semicolon or a bracket.
  private func startsWord(_ index: Int) -> Bool {
    Byte.isLetter(agent[index]) && (index == 0 || Self.separators.contains(agent[index - 1]))
  }

  private func index(of text: [UInt8]) -> Int? {
    ByteSearch.firstIndex(of: text, in: lower.span, from: 0, to: lower.count)
  }

  /// Whether a word can be a program's name, and nothing that identifies somebody.
  static func isName(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard (2...longest).contains(bytes.count), bytes.first.map(Byte.isLetter) ?? false else { return false }
    // A long word with several digits may be an identifier.
    return bytes.count(where: Byte.isDigit) <= (bytes.count > 12 ? 1 : 3) && !noNames.contains(word.lowercased())
  }

  private static func isOfBrowsers(_ word: String) -> Bool { ofBrowsers.contains(word.lowercased()) }

  private static func isOfName(_ byte: UInt8) -> Bool {
    Byte.isLetterOrDigit(byte) || byte == Byte.hyphen || byte == Byte.underscore || byte == Byte.dot
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    Byte.isLetterOrDigit(byte) || byte == Byte.hyphen || byte == Byte.dot
  }

  private static let compatible = Array("(compatible;".utf8)
  private static let engine = Array("like gecko;".utf8)
  private static let separators = Array(" ;(".utf8)
  private static let parts = [
    "bot", "crawl", "spider", "scrap", "fetch", "check", "monitor", "scan", "preview", "reader",
  ].map { Array($0.utf8) }
  private static let noNames: Set<String> = [
    "compatible", "http", "https", "www", "mozilla", "bot", "crawler", "spider", "robot", "scraper", "like", "khtml",
    "the",
    "my", "msie", "windows", "linux", "macintosh", "x11", "android", "iphone", "ipad", "user-agent", "unknown", "null",
    "none", "test", "get", "post", "head",
  ]
  private static let ofBrowsers: Set<String> = [
    "mozilla", "opera", "applewebkit", "chrome", "chromium", "safari", "mobile", "version", "gecko", "firefox", "edg",
    "edge", "opr", "mobi", "presto", "trident", "intel", "mac", "os", "cpu", "nt", "rv", "u", "en-us", "build", "win64",
    "x64", "x86", "i686", "ubuntu", "cros",
  ]
}

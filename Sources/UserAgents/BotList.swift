import Hits

/// A list of robots of the operator's own, in one of two shapes, told apart by its first entry:
///
/// - One regular expression a line, with its class after a tab where it is to have one (``Hits/BotClass``).
/// - Matomo's `bots.yml` (<https://github.com/matomo-org/device-detector>): entries that start with `- regex:` and may have
///   a `category:`; other keys are passed over.
///
/// Case never matters. Empty lines and lines that start with `#` are comments.
public struct BotList: Sendable {
  let rules: [AgentRule]

  /// No robots of one's own.
  public init() {
    rules = []
  }

  /// Reads a list.
  ///
  /// - Parameter name: the file's name, for messages.
  /// - Throws: ``UserAgentRules/Failure`` at the first line that is not understood.
  public init(_ bytes: [UInt8], name: String) throws(UserAgentRules.Failure) {
    var reader = Reader()
    let text = String(decoding: bytes, as: UTF8.self)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let isComment = line.hasPrefix("#") || line.allSatisfy(\.isWhitespace)
      if isComment { continue }
      do throws(UserAgentRules.Reason) {
        try reader.read(line)
      } catch {
        throw UserAgentRules.Failure(
          file: name, line: index + 1, reason: error.text, advice: "footfall help import tells what a list looks like")
      }
    }
    rules = reader.rules
  }

  private struct Reader {
    var rules: [AgentRule] = []
    private var isMatomos: Bool?

    mutating func read(_ line: Substring) throws(UserAgentRules.Reason) {
      let isMatomos = self.isMatomos ?? line.hasPrefix("- regex:")
      self.isMatomos = isMatomos
      if isMatomos { try readMatomos(line) } else { try readPlain(line) }
    }

    private mutating func readPlain(_ line: Substring) throws(UserAgentRules.Reason) {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count <= 2 else {
        throw .init(text: "a pattern and a class expected, \(columns.count) columns found")
      }
      var kind = BotClass.otherBot
      if columns.count == 2 {
        guard let named = BotClass(rawValue: String(columns[1])) else {
          throw .init(text: "no such class; one of " + BotClass.allCases.map(\.name).joined(separator: ", "))
        }
        kind = named
      }
      try add(kind, String(columns[0]))
    }

    private mutating func readMatomos(_ line: Substring) throws(UserAgentRules.Reason) {
      if line.hasPrefix("- regex:") {
        try add(.otherBot, Self.wordStart + "(?:" + (try Self.scalar(line.dropFirst(8))) + ")")
        return
      }
      guard line.first == " ", line.contains(":") else { throw .init(text: "neither an entry nor a key of one") }
      let key = line.drop { $0 == " " }
      guard key.hasPrefix("category:"), !rules.isEmpty else { return }
      rules[rules.count - 1].meaning = .bot(Self.botClass(category: try Self.scalar(key.dropFirst(9))))
    }

    private mutating func add(_ kind: BotClass, _ pattern: String) throws(UserAgentRules.Reason) {
      let rule = AgentRule(meaning: .bot(kind), pattern: pattern, ignoresCase: true)
      rules.append(try UserAgentRules.checked(rule))
    }

    /// Where Matomo lets its patterns start: `AbstractParser::matchUserAgent` of device-detector.
    private static let wordStart = "(?:^|[^A-Z0-9_-]|[^A-Z0-9-]_|sprd-|MZ-)"

    /// The text of a YAML scalar on one line: plain, or in single or double quotes.
    private static func scalar(_ text: Substring) throws(UserAgentRules.Reason) -> String {
      var value = text.drop { $0 == " " }
      while value.last == " " { value.removeLast() }
      guard let quote = value.first, quote == "'" || quote == "\"" else { return String(value) }
      guard value.count >= 2, value.last == quote else { throw .init(text: "a quote is opened and never closed") }
      let inner = String(value.dropFirst().dropLast())
      return quote == "'" ? inner.replacing("''", with: "'") : inner.replacing("\\\\", with: "\\")
    }

    private static func botClass(category: String) -> BotClass {
      let words = category.lowercased()
      return categories.first { words.contains($0.word) }?.kind ?? .otherBot
    }

    private static let categories: [(word: String, kind: BotClass)] = [
      ("ai ", .aiCrawler), ("security", .scanner), ("search", .searchEngine), ("monitor", .monitor),
      ("benchmark", .monitor), ("feed", .feedReader), ("social", .socialPreview), ("read-it-later", .archiver),
    ]
  }
}

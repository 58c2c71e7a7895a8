import Hits

/// The operator's own list of robots, in one of two formats, distinguished by the first entry:
///
/// - One regular expression per line, optionally followed by a tab and a class (``Hits/BotClass``).
/// - Matomo's `bots.yml` (<https://github.com/matomo-org/device-detector>): entries that start with `- regex:` and
///   may have a `category:`. Other keys are ignored.
///
/// Case is ignored. Empty lines and lines that start with `#` are comments.
public struct BotList: Sendable {
  let rules: [AgentRule]

  /// Creates an empty list.
  public init() {
    rules = []
  }

  /// Parses a list.
  ///
  /// - Parameter name: the file's name, for messages.
  /// - Throws: ``UserAgentRules/Failure`` for the first line that cannot be parsed.
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
          file: name, line: index + 1, reason: error.text, advice: "footfall help import describes the format")
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
        throw .init(text: "expected a pattern and a class, found \(columns.count) columns")
      }
      var kind = BotClass.otherBot
      if columns.count == 2 {
        guard let named = BotClass(rawValue: String(columns[1])) else {
          throw .init(text: "unknown class; use one of " + BotClass.allCases.map(\.name).joined(separator: ", "))
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
      guard line.first == " ", line.contains(":") else { throw .init(text: "neither an entry nor a key of an entry") }
      let key = line.drop { $0 == " " }
      guard key.hasPrefix("category:"), !rules.isEmpty else { return }
      rules[rules.count - 1].meaning = .bot(Self.botClass(category: try Self.scalar(key.dropFirst(9))))
    }

    private mutating func add(_ kind: BotClass, _ pattern: String) throws(UserAgentRules.Reason) {
      let rule = AgentRule(meaning: .bot(kind), pattern: pattern, ignoresCase: true, source: .ownList)
      rules.append(try UserAgentRules.checked(rule))
    }

    /// What may come before Matomo's patterns: `AbstractParser::matchUserAgent` of device-detector.
    private static let wordStart = "(?:^|[^A-Z0-9_-]|[^A-Z0-9-]_|sprd-|MZ-)"

    /// Returns the text of a YAML scalar on one line: plain, or in single or double quotes.
    private static func scalar(_ text: Substring) throws(UserAgentRules.Reason) -> String {
      var value = text.drop { $0 == " " }
      while value.last == " " { value.removeLast() }
      guard let quote = value.first, quote == "'" || quote == "\"" else { return String(value) }
      guard value.count >= 2, value.last == quote else { throw .init(text: "the closing quote is missing") }
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

import ByteScanning

/// A robots.txt: which pages its site asks which robots not to fetch.
///
/// Source of the rules: RFC 9309. Of what it leaves open, this is as most crawlers do it: a byte order mark is skipped; a
/// name ends where a version or a comment begins (`GPTBot/1.2`); only the first ``mostBytes`` count.
public struct RobotsFile: Sendable {
  /// A line that allows or disallows pages.
  struct Rule: Equatable, Sendable {
    /// Its number in the file, from 1.
    var line: Int
    /// Whether it allows.
    var allows: Bool
    /// The pages it is for.
    var pattern: RobotsPattern
  }

  /// What the file asks of one robot.
  public struct Group: Sendable {
    let rules: [Rule]

    /// Returns the number of the line that disallows a page; nil if the robot may fetch it.
    ///
    /// The longest rule decides; of equal ones, the one that allows. `/robots.txt` is always allowed.
    /// - Parameter path: the path without its query.
    public func prohibition(of path: String) -> Int? {
      prohibition(ofAny: [path])
    }

    /// Returns the same for the name of a page, which may have lost a slash at its end: of the rules for the name with and
    /// without one, the longest decides.
    public func prohibition(ofPage name: String) -> Int? {
      prohibition(ofAny: name.hasSuffix("/") ? [name] : [name, name + "/"])
    }

    private func prohibition(ofAny paths: [String]) -> Int? {
      guard !rules.isEmpty, paths.first != "/robots.txt" else { return nil }
      let forms = paths.map { RobotsPattern.encoded(Array($0.utf8)) }
      var best: Rule?
      for rule in rules where forms.contains(where: rule.pattern.matches) {
        guard let known = best else {
          best = rule
          continue
        }
        let (own, other) = (rule.pattern.octets, known.pattern.octets)
        if own > other || (own == other && rule.allows && !known.allows) { best = rule }
      }
      return best.flatMap { $0.allows ? nil : $0.line }
    }
  }

  /// How much of a file is read, in bytes: what RFC 9309, section 2.5, demands at least, and where Google stops.
  public static let mostBytes = 500 * 1_024

  /// Whether the file is longer than ``mostBytes``; the rest was not read.
  public let isCut: Bool
  /// The number of rules with a path. Rules outside of groups do not count.
  public private(set) var rules = 0
  /// The number of these rules that are left out because they contain a query. Paths are compared without queries.
  public private(set) var rulesWithQuery = 0
  /// The rules by the name of their robots in lower case; `*` for all that no other name fits.
  private var groups: [String: [Rule]] = [:]

  /// Reads a file. Nothing in it is an error: lines that are not understood are ignored.
  public init(_ bytes: [UInt8]) {
    isCut = bytes.count > Self.mostBytes
    var lines = Self.lines(bytes.prefix(Self.mostBytes))
    // The beginning of a rule could disallow more than the rule.
    if isCut { lines.removeLast() }
    var names: [String] = []
    var hasRules = false
    for (index, line) in lines.enumerated() {
      guard let (key, value) = Self.record(line) else { continue }
      switch key {
      case "user-agent":
        // A group has names first, then rules. Other records do not end a group.
        if hasRules { names = [] }
        hasRules = false
        let name = Self.name(value)
        guard !name.isEmpty, !names.contains(name) else { continue }
        names.append(name)
        // A group without rules allows everything, whatever others may not fetch.
        groups[name, default: []] += []
      case "allow", "disallow":
        hasRules = true
        add(Rule(line: index + 1, allows: key == "allow", pattern: RobotsPattern(value)), value, to: names)
      default: break
      }
    }
  }

  private mutating func add(_ rule: Rule, _ value: ArraySlice<UInt8>, to names: [String]) {
    guard !names.isEmpty, !value.isEmpty else { return }
    rules += 1
    if value.contains(Byte.questionMark) {
      rulesWithQuery += 1
      return
    }
    for name in names { groups[name, default: []].append(rule) }
  }

  /// Returns what the file asks of a robot: the rules of the longest name that is its own, or else those for all.
  ///
  /// A name is a robot's if both are equal, in upper or lower case, or if it consists of the first words of the robot's:
  /// `Googlebot` is one of Googlebot-Image (Google, "Google's common crawlers"), `Yandex` one of YandexImages (Yandex,
  /// "The User-agent directive").
  public func group(of robot: String) -> Group {
    let name = Array(robot.utf8)
    let own = groups.keys.filter { Self.names(Array($0.utf8), name) }.max { $0.utf8.count < $1.utf8.count }
    return Group(rules: groups[own ?? Self.everybody] ?? [])
  }

  private static let everybody = "*"

  /// Whether a name in the file, in lower case, is that of a robot.
  private static func names(_ name: [UInt8], _ robot: [UInt8]) -> Bool {
    guard !name.isEmpty, name.count <= robot.count, zip(name, robot).allSatisfy({ $0 == Byte.lower($1) }) else {
      return false
    }
    guard name.count < robot.count else { return true }
    let (last, next) = (robot[name.count - 1], robot[name.count])
    return !isOfWord(next) || (isCapital(next) && !isCapital(last))
  }

  /// Returns the name at the start of a value, in lower case. Blanks and anything else may follow the `*`.
  private static func name(_ value: ArraySlice<UInt8>) -> String {
    if value.first == Byte.asterisk, value.count == 1 || isBlank(value[value.startIndex + 1]) { return everybody }
    let name = value.prefix { isOfWord($0) || $0 == Byte.hyphen || $0 == Byte.underscore || $0 == Byte.dot }
    return String(decoding: name.map(Byte.lower), as: UTF8.self)
  }

  /// Returns the lines, which end in CR, LF or both.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex + (bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
    var index = start
    while index < bytes.endIndex {
      if bytes[index] == Byte.newline || bytes[index] == Byte.carriageReturn {
        lines.append(bytes[start..<index])
        let isPair = bytes[index...].starts(with: [Byte.carriageReturn, Byte.newline])
        index += isPair ? 1 : 0
        start = index + 1
      }
      index += 1
    }
    return lines + [bytes[start...]]
  }

  /// Returns what is before the colon of a line, in lower case, and what is after it; nil for a line without a colon.
  private static func record(_ line: ArraySlice<UInt8>) -> (key: String, value: ArraySlice<UInt8>)? {
    let text = line.prefix { $0 != Byte.numberSign }
    guard let colon = text.firstIndex(of: Byte.colon) else { return nil }
    let key = trimmed(text[..<colon]).map(Byte.lower)
    return (String(decoding: key, as: UTF8.self), trimmed(text[(colon + 1)...]))
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func isBlank(_ byte: UInt8) -> Bool { byte == Byte.space || byte == Byte.tab }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    Byte.isLetterOrDigit(byte)
  }
}

import ByteScanning

// Why it is built this way: running 2,800 regular expressions over each user agent would take a quarter of a
// millisecond. Each expression can only match where certain literal texts occur, so one pass over the agent finds
// the few that are worth running. A requirement must never be too strict: syntax that is not understood requires
// nothing, and its rule always runs.

/// Finds literal texts that must occur wherever a regular expression matches.
struct LiteralExtractor {
  /// Distinct texts in lower case, of which at least one must occur.
  typealias Clause = [[UInt8]]

  /// What is known about a part of an expression.
  private struct Needs {
    /// The only texts it can match, if they are few; nil otherwise.
    var exact: Clause?
    /// Further clauses that must hold.
    var clauses: [Clause] = []

    static let nothing = Needs(exact: nil)
    static let emptyText = Needs(exact: [[]])
  }

  /// Syntax that is not understood.
  private struct Unknown: Error {}

  private static let mostExact = 32
  private static let mostTexts = 400
  /// The shortest text worth looking for.
  static let shortestText = 2

  private let bytes: [UInt8]
  private var index = 0

  private init(_ pattern: String) {
    bytes = Array(pattern.utf8)
  }

  /// Returns the clauses of a pattern; none if nothing can be required.
  static func clauses(of pattern: String) -> [Clause] {
    var extractor = LiteralExtractor(pattern)
    guard let needs = try? extractor.alternatives(), extractor.index == extractor.bytes.count else { return [] }
    var distinct: [Clause] = []
    for clause in extractor.required(needs) where !distinct.contains(where: { areEqual($0, clause) }) {
      distinct.append(clause)
    }
    return distinct
  }

  private static func areEqual(_ left: Clause, _ right: Clause) -> Bool {
    left.count == right.count && left.allSatisfy(right.contains)
  }

  /// Returns the clauses of a part, including its exact texts if they are long enough to be worth it.
  private func required(_ needs: Needs) -> [Clause] {
    guard let exact = needs.exact, let clause = Self.clause(exact) else { return needs.clauses }
    return needs.clauses + [clause]
  }

  /// Returns the texts as a clause; nil if one is too short. Omits texts that contain another of them, since they
  /// add nothing.
  private static func clause(_ texts: Clause) -> Clause? {
    guard !texts.isEmpty, texts.allSatisfy({ $0.count >= shortestText }) else { return nil }
    if texts.count == 1 { return texts }
    var kept: [[UInt8]] = []
    for text in texts.sorted(by: { $0.count < $1.count }) {
      if !kept.contains(where: { contains(text, $0) }) { kept.append(text) }
    }
    return kept
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    for start in 0...(text.count - part.count) where text[start] == part[0] {
      if ByteSearch.matches(part, in: text.span, at: start, before: text.count) { return true }
    }
    return false
  }

  private static func distinct(_ texts: Clause) -> Clause {
    var seen: Set<[UInt8]> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// Returns each of some texts followed by each of the others.
  private static func joined(_ texts: Clause, _ others: Clause) -> Clause {
    if texts.count == 1, texts[0].isEmpty { return others }
    if others.count == 1 { return texts.map { $0 + others[0] } }
    return distinct(texts.flatMap { before in others.map { before + $0 } })
  }

  private mutating func alternatives() throws(Unknown) -> Needs {
    var branches = [try sequence()]
    while index < bytes.count, bytes[index] == UInt8(ascii: "|") {
      index += 1
      branches.append(try sequence())
    }
    if branches.count == 1 { return branches[0] }
    if branches.allSatisfy({ $0.exact != nil && $0.clauses.isEmpty }) {
      let texts = Self.distinct(branches.flatMap { $0.exact ?? [] })
      if texts.count <= Self.mostExact { return Needs(exact: texts) }
      return Needs(exact: nil, clauses: Self.clause(texts).map { [$0] } ?? [])
    }
    // One of the branches matches, so a text from the best clause of one of them must occur.
    var union = Clause()
    for branch in branches {
      guard let best = required(branch).max(by: { ClauseScore.of($0) < ClauseScore.of($1) }) else { return .nothing }
      union += best
    }
    union = Self.distinct(union)
    guard union.count <= Self.mostTexts else { return .nothing }
    return Needs(exact: nil, clauses: Self.clause(union).map { [$0] } ?? [])
  }

  private mutating func sequence() throws(Unknown) -> Needs {
    var texts: Clause = [[]]
    var clauses: [Clause] = []
    var isExact = true
    while index < bytes.count, bytes[index] != UInt8(ascii: "|"), bytes[index] != UInt8(ascii: ")") {
      if let byte = plainByte() {
        for text in texts.indices { texts[text].append(byte) }
        continue
      }
      let part = try repeated()
      if let exact = part.exact, part.clauses.isEmpty {
        if texts.count * exact.count <= Self.mostExact {
          texts = Self.joined(texts, exact)
          continue
        }
        if let clause = Self.clause(texts) { clauses.append(clause) }
        texts = exact
      } else {
        if let clause = Self.clause(texts) { clauses.append(clause) }
        clauses += required(part)
        texts = [[]]
      }
      isExact = false
    }
    if isExact { return Needs(exact: texts) }
    if let clause = Self.clause(texts) { clauses.append(clause) }
    return Needs(exact: nil, clauses: clauses)
  }

  /// Consumes and returns the next byte if it stands for itself and has no quantifier, as most do.
  private mutating func plainByte() -> UInt8? {
    var next = index
    if bytes[next] == UInt8(ascii: "\\") {
      next += 1
      guard next < bytes.count, !Byte.isLetterOrDigit(bytes[next]) else { return nil }
    } else if Self.isSpecial(bytes[next]) {
      return nil
    }
    if next + 1 < bytes.count, Self.startsQuantifier(bytes[next + 1]) { return nil }
    index = next + 1
    return Byte.lower(bytes[next])
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "."), UInt8(ascii: "^"),
      UInt8(ascii: "$"), UInt8(ascii: "|"):
      true
    default: startsQuantifier(byte)
    }
  }

  private static func startsQuantifier(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "{")
  }

  /// Parses a part with its quantifiers.
  private mutating func repeated() throws(Unknown) -> Needs {
    var part = try atom()
    while index < bytes.count, let (least, most) = try quantifier() {
      if index < bytes.count, bytes[index] == UInt8(ascii: "?") || bytes[index] == UInt8(ascii: "+") { index += 1 }
      if least == 0 {
        if most == 1, let exact = part.exact, part.clauses.isEmpty {
          part = Needs(exact: exact.contains([]) ? exact : exact + [[]])
        } else {
          part = .nothing
        }
      } else if least != 1 || most != 1 {
        part = Needs(exact: nil, clauses: required(part))
      }
    }
    return part
  }

  /// Parses a quantifier. Returns its bounds (most is -1 for no bound), or nil if there is none.
  private mutating func quantifier() throws(Unknown) -> (least: Int, most: Int)? {
    switch bytes[index] {
    case UInt8(ascii: "*"): index += 1; return (0, -1)
    case UInt8(ascii: "+"): index += 1; return (1, -1)
    case UInt8(ascii: "?"): index += 1; return (0, 1)
    case UInt8(ascii: "{"):
      let start = index
      index += 1
      guard let least = number() else {
        index = start
        return nil
      }
      var most = least
      if index < bytes.count, bytes[index] == UInt8(ascii: ",") {
        index += 1
        most = number() ?? -1
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else { throw Unknown() }
      index += 1
      return (least, most)
    default: return nil
    }
  }

  private mutating func number() -> Int? {
    var value: Int?
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      value = (value ?? 0) * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return value
  }

  private mutating func atom() throws(Unknown) -> Needs {
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return try byteClass()
    case UInt8(ascii: "."): return .nothing
    case UInt8(ascii: "^"), UInt8(ascii: "$"): return .emptyText
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "{"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw Unknown()
    default: return Needs(exact: [[Byte.lower(byte)]])
    }
  }

  private mutating func group() throws(Unknown) -> Needs {
    var isLookAround = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "?") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "<") { index += 1 }
      guard index < bytes.count else { throw Unknown() }
      switch bytes[index] {
      case UInt8(ascii: ":"): break
      case UInt8(ascii: "="), UInt8(ascii: "!"): isLookAround = true
      default: throw Unknown()
      }
      index += 1
    }
    let inner = try alternatives()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else { throw Unknown() }
    index += 1
    return isLookAround ? .emptyText : inner
  }

  private mutating func escape() throws(Unknown) -> Needs {
    guard index < bytes.count else { throw Unknown() }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
      return .emptyText
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "s"),
      UInt8(ascii: "S"):
      return .nothing
    default:
      guard !Byte.isLetterOrDigit(letter) else { throw Unknown() }
      return Needs(exact: [[letter]])
    }
  }

  /// Parses a class of bytes. Returns its members if they are few.
  private mutating func byteClass() throws(Unknown) -> Needs {
    var isOpen = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "^") {
      isOpen = true
      index += 1
    }
    var members: Clause = []
    var isFirst = true
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") || isFirst {
      isFirst = false
      if bytes[index] == UInt8(ascii: "[") { throw Unknown() }
      guard let low = member() else {
        isOpen = true
        continue
      }
      var high = low
      if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") {
        index += 1
        guard let end = member(), end >= low else { throw Unknown() }
        high = end
      }
      for byte in low...high where !members.contains([Byte.lower(byte)]) { members.append([Byte.lower(byte)]) }
    }
    guard index < bytes.count else { throw Unknown() }
    index += 1
    return isOpen || members.count > 4 ? .nothing : Needs(exact: members)
  }

  /// Parses one byte of a class; nil for an escape that stands for many.
  private mutating func member() -> UInt8? {
    let byte = bytes[index]
    index += 1
    guard byte == UInt8(ascii: "\\"), index < bytes.count else { return byte }
    let letter = bytes[index]
    index += 1
    return Byte.isLetterOrDigit(letter) ? nil : letter
  }
}

/// How well a clause distinguishes agents: long texts do, words that nearly every agent contains do not.
enum ClauseScore {
  static func of(_ clause: LiteralExtractor.Clause) -> Double {
    (clause.map(score).min() ?? 0) - 0.02 * Double(clause.count)
  }

  private static func score(_ text: [UInt8]) -> Double {
    frequentParts.contains(text) ? 0.5 : Double(text.count)
  }

  /// Every part of the frequent texts.
  private static let frequentParts: Set<[UInt8]> = {
    var parts: Set<[UInt8]> = []
    for text in frequent {
      for start in text.indices {
        for end in start + 1...text.count { parts.insert(Array(text[start..<end])) }
      }
    }
    return parts
  }()

  /// Texts that most browsers' agents contain.
  static let frequent: [[UInt8]] = [
    "mozilla/5.0 (", "applewebkit/5", "(khtml, like gecko)", " safari/5", " chrome/1", "linux; android ", "; android ",
    "version/", " mobile/", "(compatible", "windows nt ", "(windows; u; ", "like mac os x", "intel mac os x ", "cpu ",
    "(iphone; ", " build/", "; wv)", "x11; linux",
  ].map { Array($0.utf8) }
}

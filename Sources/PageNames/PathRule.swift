import ByteScanning
import LineRules

/// A rule of the operator that names pages: `/user/* -> /user/:name`.
///
/// Left of the arrow is the start of a path, in which `*` stands for one or more characters without a slash, and a
/// segment `**` for any number of segments, none included. What follows in the path stays: `/user/anna/posts` becomes
/// `/user/:name/posts`. Or it is a regular expression between slashes; then the first match is replaced. On the right,
/// `$1` to `$9` are what the stars or groups matched, and `$$` is a dollar sign. All else is text.
public struct PathRule: Sendable, Equatable {
  enum Pattern: Sendable, Equatable {
    case segments(SegmentPattern)
    case expression(String)
  }

  /// A piece of the new name.
  enum Piece: Sendable, Equatable {
    case text([UInt8])
    /// What a star or a group matched, counted from 1.
    case capture(Int)
  }

  /// The rule as written.
  public let text: String
  let pattern: Pattern
  let replacement: [Piece]

  /// Parses a rule.
  ///
  /// - Throws: ``RuleMistake`` if it is not valid.
  public init(_ text: String) throws(RuleMistake) {
    self.text = text
    guard let arrow = Self.arrow(in: text) else {
      throw RuleMistake("'\(text)' has no arrow; write the rule as in '/user/* -> /user/:name'")
    }
    let left = text[..<arrow.lowerBound].trimmingBlanks
    let right = text[arrow.upperBound...].trimmingBlanks
    let groups: Int
    if Self.isExpression(left) {
      let inner = String(left.dropFirst().dropLast())
      try Self.checkExpression(inner, text)
      // Compiled here only to validate it; each namer compiles its own.
      groups = try Expression(inner, ignoresCase: false).groups
      pattern = .expression(inner)
    } else {
      let segments = try SegmentPattern(left, rule: text)
      groups = segments.stars
      pattern = .segments(segments)
    }
    replacement = try Self.pieces(right, rule: text, groups: groups)
    guard !replacement.isEmpty else { throw RuleMistake("'\(text)' has no new name behind the arrow") }
    if case .segments = pattern, !right.hasPrefix("/"), !right.hasPrefix("$") {
      throw RuleMistake("'\(text)': the new name must begin with a slash")
    }
  }

  private static func arrow(in text: String) -> Range<String.Index>? {
    // A regular expression may contain an arrow, a new name hardly does: so the last one counts.
    text.ranges(of: "->").last ?? text.ranges(of: "→").last
  }

  /// Whether the left side is an expression: between slashes, and with characters that only expressions need.
  private static func isExpression(_ text: String) -> Bool {
    text.count > 2 && text.hasPrefix("/") && text.hasSuffix("/") && text.contains { "\\|()[]{}+^$".contains($0) }
  }

  /// Refuses what no path can match: paths begin with a slash, have no query, and are ASCII.
  private static func checkExpression(_ inner: String, _ rule: String) throws(RuleMistake) {
    if inner.contains("\\?") || inner.contains("#") {
      throw RuleMistake(
        "'\(rule)' can match nothing: paths have no query and no fragment; to keep a parameter, use --keep-query")
    }
    if !inner.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
      throw RuleMistake(
        "'\(rule)' can match nothing: paths are percent-encoded ASCII; write 'ü' as %C3%BC and a blank as %20")
    }
    let first = inner.dropFirst().first
    if inner.hasPrefix("^"), let first, first.isLetter || first.isNumber {
      throw RuleMistake("'\(rule)' can match nothing: paths begin with a slash; write /^\\/\(first)…/")
    }
  }

  private static func pieces(_ text: String, rule: String, groups: Int) throws(RuleMistake) -> [Piece] {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "$") {
        guard let next = bytes.popFirst(), next == byte || Byte.isDigit(next) else {
          throw RuleMistake(
            "'\(rule)': after $ comes the number of a star or group, as in $1; write $$ for a dollar sign")
        }
        if next == byte {
          literal.append(byte)
          continue
        }
        let number = Int(next) - 0x30
        guard (1...9).contains(number), number <= groups else {
          let has = groups == 1 ? "one star or group" : "\(groups == 0 ? "no" : String(groups)) stars or groups"
          throw RuleMistake("'\(rule)': there is no $\(number), because the left side has \(has)")
        }
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = []
        pieces.append(.capture(number))
      } else if byte == Byte.questionMark || byte == Byte.numberSign {
        throw RuleMistake("'\(rule)': a name has no query and no fragment; to keep a parameter, use --keep-query")
      } else if byte > 0x20, byte < 0x7F {
        literal.append(byte)
      } else {
        literal += [Byte.percent, HexDigits.upper(byte >> 4), HexDigits.upper(byte & 0xF)]
      }
    }
    if !literal.isEmpty { pieces.append(.text(literal)) }
    return pieces
  }
}

extension Substring {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

import ByteScanning

/// A part of a format's text: bytes that are the same in every line, or a value.
enum FormatPart: Equatable {
  case literal([UInt8])
  /// A value. Of several values for one field, the one with the lowest rank is read.
  case field(LogField, rank: Int)
  /// No text: the line has no time of its own and takes its envelope's.
  case envelopeTime
}

/// Compiles the parts of a format's text into steps.
struct FormatCompiler {
  private var format: LogFormat
  private var parts: [FormatPart]

  /// Compiles the format of lines that consist of these parts.
  ///
  /// - Throws: ``FormatError`` if no line could be counted, or if no text separates two values.
  static func compile(
    _ parts: [FormatPart], name: String, escapes: Escapes, literals: [UInt8] = []
  ) throws(FormatError) -> LogFormat {
    var format = LogFormat(name: name, steps: [], escapes: escapes)
    format.literals = literals
    var compiler = FormatCompiler(format: format, parts: parts)
    compiler.cutLeadingBlanks()
    compiler.keepBest()
    try compiler.joinNeighbours()
    compiler.cutTrailingBlanks()
    try compiler.check()
    compiler.addSteps()
    return compiler.format
  }

  /// Removes blanks at the start of a line, which the parser skips before the first step.
  private mutating func cutLeadingBlanks() {
    guard case .literal(let bytes) = parts.first else { return }
    let rest = Array(bytes.drop { $0 == Byte.space || $0 == Byte.tab })
    parts[0] = .literal(rest)
    if rest.isEmpty { parts.removeFirst() }
  }

  /// Removes blanks at the end of a line, which any line may have or lack.
  private mutating func cutTrailingBlanks() {
    guard case .literal(let bytes) = parts.last else { return }
    let rest = Array(bytes.reversed().drop { $0 == Byte.space || $0 == Byte.tab }.reversed())
    parts[parts.count - 1] = .literal(rest)
    if rest.isEmpty { parts.removeLast() }
  }

  // MARK: Which values are read

  /// Keeps the best of several values for the same field.
  private mutating func keepBest() {
    let hasRequest = parts.contains { $0.field == .request }
    var best: [String: Int] = [:]
    for (index, part) in parts.enumerated() {
      guard case .field(let field, let rank) = part, let group = Self.group(field) else { continue }
      if hasRequest, group == "method" || group == "target" || group == "query" {
        parts[index] = Self.unused
      } else if let other = best[group], case .field(_, let otherRank) = parts[other] {
        let loser = rank < otherRank ? other : index
        parts[loser] = Self.unused
        if loser == other { best[group] = index }
      } else {
        best[group] = index
      }
    }
  }

  /// Returns the group of a field. Only the best value of a group is read; nil for fields that may occur several times.
  private static func group(_ field: LogField) -> String? {
    switch field {
    case .unused, .forwarded, .optOut, .time(.date), .time(.clock): nil
    case .time: "time"
    default: "\(field)"
    }
  }

  /// Joins adjacent literals, and values with no text between them: a path and its query form a target, and an
  /// unused value merges with its neighbour.
  private mutating func joinNeighbours() throws(FormatError) {
    var joined: [FormatPart] = []
    for part in parts {
      guard let last = joined.last else {
        joined.append(part)
        continue
      }
      switch (last, part) {
      case (.literal(let first), .literal(let second)): joined[joined.count - 1] = .literal(first + second)
      case (.field(let first, let rank), .field(let second, let secondRank)):
        if case .time = first {
          joined.append(part)
        } else if second == .unused || (first == .target && second == .query) {
          joined[joined.count - 1] = .field(first, rank: rank)
        } else if first == .unused {
          joined[joined.count - 1] = .field(second, rank: secondRank)
        } else {
          throw FormatError("two values of the format have no text between them to show where the first one ends")
        }
      default: joined.append(part)
      }
    }
    parts = joined
  }

  private func check() throws(FormatError) {
    let fields = parts.compactMap(\.field)
    let hasTime = parts.contains(.envelopeTime) || fields.contains { if case .time = $0 { true } else { false } }
    let missing =
      !hasTime
      ? "time"
      : !fields.contains(.request) && !fields.contains(.target)
        ? "request" : !fields.contains(.status) && !fields.contains(.resultAndStatus) ? "status" : nil
    if let missing {
      throw FormatError("the format has no \(missing), which is required to count page views")
    }
  }

  // MARK: Steps

  private mutating func addSteps() {
    var openQuote = false
    var index = 0
    while index < parts.count {
      switch parts[index] {
      case .literal(let bytes):
        format.append(.literal(format.literal(bytes)))
        openQuote = bytes.last == Byte.quote
        index += 1
      case .envelopeTime:
        format.append(.envelopeTime)
        index += 1
      case .field(let field, _):
        guard index + 1 < parts.count, case .literal(let bytes) = parts[index + 1] else {
          format.append(.rest(field))
          index += 1
          continue
        }
        // If nothing is escaped, a quote is a byte like any other.
        let isQuoted = openQuote && bytes.first == Byte.quote && format.escapes != .none
        format.append(.text(field, until: format.literal(bytes), isQuoted: isQuoted))
        openQuote = bytes.last == Byte.quote
        index += 2
      }
    }
    if case .rest = format.configured.last { return }
    format.append(.end)
  }

  private static let unused = FormatPart.field(.unused, rank: 0)
}

extension FormatPart {
  /// The field of a value; nil for anything else.
  var field: LogField? {
    if case .field(let field, _) = self { field } else { nil }
  }
}
